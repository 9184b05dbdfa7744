/** What `hb_standby` is asked to hand over: everything, what is at home on the node, or what is not. */
export type StandbyWord = 'all' | 'local' | 'foreign';

/**
 * A function in place of heartbeat's program of that name, which writes its request in pieces. In the lab one became a
 * message without fields (`msg2string: Message with zero fields` in ha-log): it was lost, and the program said nothing.
 * What is written at once is read as one message. Fails after 10 s where no heartbeat reads.
 */
export const HB_STANDBY = `hb_standby() { # all, local or foreign
  timeout 10 sh -c 'cat >"$1"' standby "\${HA_FIFO:-/var/lib/heartbeat/fifo}" <<END
>>>
t=ask_resources
rsc_hold=$1
info=me
<<<
END
}`;

/** Shell text that asks the heartbeat of the node where it runs to hand over, in one write. */
export const standbyRequest = (what: StandbyWord): string => `${HB_STANDBY}\nhb_standby ${what}`;
