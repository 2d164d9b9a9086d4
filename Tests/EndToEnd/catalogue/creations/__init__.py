"""What the end-to-end run creates: a function an area, which makes everything of it that moto can tag later.

Each call is made on its own, so that one which this moto cannot do costs only itself.
"""
from .analytics import analytics
from .compute import compute
from .databases import databases
from .ec2 import ec2
from .identity import identity
from .messaging import messaging
from .network import network
from .operations import operations
from .storage import storage

AREAS = [ec2, storage, databases, messaging, identity, compute, network, operations, analytics]
