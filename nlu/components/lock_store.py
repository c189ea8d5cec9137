"""Rasa's Redis lock store, told where Redis is by one URL like the rest of the system."""

from rasa.core.lock_store import DEFAULT_SOCKET_TIMEOUT_IN_SECONDS, LockStore, RedisLockStore
from rasa.utils.endpoints import EndpointConfig


class RedisUrlLockStore(RedisLockStore):
    """Keeps the locks of conversations in Redis."""

    def __init__(self, endpoint_config: EndpointConfig) -> None:
        import redis

        self.red = redis.StrictRedis.from_url(
            endpoint_config.url, socket_timeout=DEFAULT_SOCKET_TIMEOUT_IN_SECONDS
        )
        self.key_prefix = "doorstep:lock:"
        LockStore.__init__(self)
