"""Outgoing webhooks: other systems that follow along."""
