"""What survives the office: one sealed file that holds all that cannot be made again, and a home made from it."""
