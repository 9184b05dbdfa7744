"""Null-modem cable between two nodes: two pseudo terminals, bytes carried both ways as fast as the line would.

usage: serial-cable.py BAUD CUT END END

An END is the name of a link to make, for User-Mode Linux to open. While the file CUT exists the cable is pulled.
Without the limit of the speed both terminals fill up when a node comes back, and then neither node reads again.
"""
import os
import pty
import select
import sys
import termios
import time
import tty

BITS_OF_A_BYTE = 10
LONGEST_QUEUE = 8192
TICK = 0.02

baud, cut, *ends = sys.argv[1:]
step = max(1, int(int(baud) / BITS_OF_A_BYTE * TICK))

masters, slaves = [], {}
for end in ends:
    master, slave = pty.openpty()
    tty.setraw(master)
    tty.setraw(slave)
    os.set_blocking(master, False)
    if os.path.lexists(end):
        os.unlink(end)
    os.symlink(os.ttyname(slave), end)
    masters.append(master)
    # Kept open here: no input/output error while a node is down.
    slaves[master] = slave

peer = {masters[0]: masters[1], masters[1]: masters[0]}
queues = {master: b"" for master in masters}
while True:
    busy = any(queues.values())
    readable, _, _ = select.select(masters, [], [], TICK if busy else 5)
    for master in readable:
        data = os.read(master, 4096)
        # A sender that is faster than the line loses bytes, as on a real one.
        if not os.path.exists(cut) and len(queues[peer[master]]) + len(data) <= LONGEST_QUEUE:
            queues[peer[master]] += data
    for master, queue in queues.items():
        if not queue:
            continue
        try:
            queues[master] = queue[os.write(master, queue[:step]):]
        except BlockingIOError:
            # Nobody reads. Left there, old bytes would keep the node from ever reading again.
            termios.tcflush(slaves[master], termios.TCIFLUSH)
            queues[master] = b""
    if any(queues.values()):
        time.sleep(TICK)
