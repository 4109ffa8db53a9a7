"""`/api/v1/post-instances`: the rows of the calendar, and what can be done with them."""
