"""gunicorn, two processes of eight threads: `gunicorn --config deploy/gunicorn.conf.py newsroom.wsgi`.

What differs from machine to machine is read from the environment by gunicorn itself: GUNICORN_CMD_ARGS="--workers 4".
Never without nginx in front of it: slow clients would take its threads (docs/server.md has that measured).
"""

bind = "unix:/run/newsroom/gunicorn.sock"
worker_class = "gthread"
workers = 2
# Not more than DATABASE_POOL_MAX: each thread may hold a connection.
threads = 8

# A worker that shows no sign of life for so long is replaced; a long upload does not count as none.
timeout = 30
# On a restart, what has begun may end.
graceful_timeout = 20
# Longer than nginx keeps a line that nobody uses, so that it is never gunicorn which hangs up.
keepalive = 5

# Memory that leaks by the drop is given back now and then, not by all workers at once.
max_requests = 10_000
max_requests_jitter = 1_000
# A worker's heartbeat is a file: never on a disk that may stall.
worker_tmp_dir = "/dev/shm"  # noqa: S108

# Uploads are limited by the proxy; nobody needs longer lines than these.
limit_request_line = 4094
limit_request_fields = 60

# nginx keeps the access log; errors go to the journal.
accesslog = None
errorlog = "-"
# systemd starts, reloads and stops it; no second way in.
control_socket_disable = True
