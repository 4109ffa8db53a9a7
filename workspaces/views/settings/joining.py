"""`/set-password/…`: where a new member sets their password, under a link that works once."""

from django.contrib.auth.views import PasswordResetConfirmView
from django.urls import reverse_lazy


class SetPassword(PasswordResetConfirmView):
    """Sets the password of who holds the link, and signs them in."""

    template_name = "workspaces/set_password.html"
    success_url = reverse_lazy("calendar")
    post_reset_login = True
