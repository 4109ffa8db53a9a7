"""The short routes of sources 1 and 4: schedule a campaign or a post, and the queue of what is scheduled."""
