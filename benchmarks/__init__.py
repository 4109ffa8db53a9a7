"""Figures, each beside its floor in the same run: `make bench`. Shared machines are noisy, so ratios count."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketmind.settings")
django.setup()  # Here, because a spawned process imports this package before it knows what to run.
