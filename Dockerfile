# One image for the web, the workers and the migrations; compose.yaml says who does what.
FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /app

COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check -r requirements.txt

# Uploads, and SQLite where no DATABASE_URL is given, are all that the product writes.
COPY . .
RUN useradd --system --uid 10001 --no-create-home marketmind \
    && SECRET_KEY=only-for-this-step python manage.py collectstatic --noinput --verbosity 0 \
    && mkdir -p var/media \
    && chown -R marketmind var

USER 10001
EXPOSE 8000
# Any answer below 500 means that it serves: ALLOWED_HOSTS may refuse the name localhost.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["python", "-c", \
    "import http.client, sys; web = http.client.HTTPConnection('127.0.0.1', 8000, timeout=4); web.request('GET', '/livez', headers={'Host': 'localhost'}); sys.exit(web.getresponse().status >= 500)"]
CMD ["python", "-m", "uvicorn", "marketmind.asgi:application", "--host", "0.0.0.0", "--port", "8000", \
    "--http", "marketmind.wire:Prompt", "--timeout-graceful-shutdown", "5", "--ws-max-size", "65536", "--ws-per-message-deflate", "false"]
