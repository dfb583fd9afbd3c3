"""What technicians write about a job: what it tells, what it lacks, what it lets slip, and the same in sentences for a customer."""
