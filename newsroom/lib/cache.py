"""Redis as this site's cache, also while Redis is down. What is kept in it, and for how long, others say."""

from typing import Any

from django_redis.cache import RedisCache


class EmptyWhenDown(RedisCache):
    """Out of reach it is an empty cache that forgets at once, and takes whatever is added."""

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """Signing in adds a lock for its limits: refused for want of Redis, nobody could sign in."""
        # None is the answer of nobody, False that of a cache which has the key.
        added: bool | None = super().add(*args, **kwargs)
        return added is not False
