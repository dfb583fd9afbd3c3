"""What the view of bookings is put together from."""
