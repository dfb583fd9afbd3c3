"""Who goes to which visit: what the technicians table says, how well each fits, and which visits cannot both be kept. Pure."""
