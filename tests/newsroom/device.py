"""A telephone with passkeys, made of code: it answers as a browser does (WebAuthn level 2), attested by nobody."""

import secrets
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG
SEEN = FLAG.UP | FLAG.UV


class Device:
    """With one passkey for one site; `owner` is the handle it was made for."""

    def __init__(self, host: str = "testserver") -> None:
        self.host, self.key, self.id = host, ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(32)
        self.owner = ""

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to `creation_options`."""
        self.owner = options["publicKey"]["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        data = AuthenticatorData.create(sha256(self.host.encode()), SEEN | FLAG.AT, 0, bytes(credential))
        said = self._said(CollectedClientData.TYPE.CREATE, options)
        attested = websafe_encode(bytes(AttestationObject.create("none", data, {})))
        return self._answer({"clientDataJSON": websafe_encode(said), "attestationObject": attested})

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to `request_options`."""
        data = bytes(AuthenticatorData.create(sha256(self.host.encode()), SEEN, 0))
        said = self._said(CollectedClientData.TYPE.GET, options)
        signature = self.key.sign(data + sha256(said), ec.ECDSA(hashes.SHA256()))
        told = {"clientDataJSON": said, "authenticatorData": data, "signature": signature}
        return self._answer({name: websafe_encode(value) for name, value in told.items()} | {"userHandle": self.owner})

    def _said(self, kind: str, options: dict[str, Any]) -> bytes:
        challenge = options["publicKey"]["challenge"]
        challenge = websafe_decode(challenge) if isinstance(challenge, str) else challenge
        return bytes(CollectedClientData.create(kind, challenge, f"https://{self.host}"))

    def _answer(self, response: dict[str, str]) -> dict[str, Any]:
        known = websafe_encode(self.id)
        return {"id": known, "rawId": known, "type": "public-key", "response": response, "clientExtensionResults": {}}
