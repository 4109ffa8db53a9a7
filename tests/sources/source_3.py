"""What source 3 documents, word for word."""

RECOMMENDATIONS = (
    """curl -X GET "http://localhost:8000/api/v1/scheduling/recommendations?platforms=youtube&target_count=5" """
)
CREATE = """curl -X POST "http://localhost:8000/api/v1/scheduling/calendar" \\
  -H "Authorization: Bearer your_jwt_token" \\
  -H "Content-Type: application/json" \\
  -d '{
    "title": "Launch Week Cadence",
    "timezone": "America/New_York",
    "items": [
      {
        "content_id": "content_123",
        "platform": "youtube",
        "scheduled_time": "2025-11-06T14:00:00-05:00",
        "metadata": {"campaign_id": "camp_456"}
      }
    ]
  }'"""
STATES = ["pending", "running", "optimizing", "completing", "completed"]
ERROR = {
    "error_code": "validation_error",
    "error_message": "Invalid scheduled_time format",
    "error_class": "ValueError",
}
PLATFORMS = {  # Content types, best times, frequency.
    "YouTube": ("Long-form, Shorts", "Weekdays 3-5pm", "2-3/week long-form, daily shorts"),
    "TikTok": ("Videos", "Wed 3-4pm, Sun 8pm", "2-5/week"),
    "Instagram": ("Posts, Reels", "Weekdays 10am-3pm", "3-5/week"),
    "LinkedIn": ("Posts, Articles", "Midweek 8am-2pm", "2-5/week"),
    "Twitter/X": ("Tweets, Threads", "Tue-Thu 8am-12pm", "3-14/week"),
    "Facebook": ("Posts, Videos", "Weekdays 8am-6pm", "3-5/week"),
}
