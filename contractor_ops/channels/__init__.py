"""The ways out: one file each for the outbox on disk, SMTP and the providers. Each implements ports.Channel."""
