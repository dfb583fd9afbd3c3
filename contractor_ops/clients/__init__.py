"""The providers' official clients, each with time-outs, a base address that can be set, and its errors turned into ours."""
