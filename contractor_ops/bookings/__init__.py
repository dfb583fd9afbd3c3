"""What a booking needs before somebody goes: its kind of job, its materials, the technician's checklist, the calendar entry."""
