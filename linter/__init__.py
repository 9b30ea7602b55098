"""Policy-as-code for answering the public: lint replies, libraries and moderation logs."""

__version__ = "0.1.0"
