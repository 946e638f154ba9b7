"""What whoever runs the installation looks after in the browser: that what Stripe told of was followed, and what differs.

Operators are marked from the console alone (`guildhall operator add`), by the role that crosses tenants: nothing that runs in
a web process can make one. They see names of objects, states and moments; nothing of what people paid for, and nobody's name.
"""
