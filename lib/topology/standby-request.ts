/**
 * Shell text of a function `hb_standby` in place of heartbeat's program of that name. The program writes its request in
 * pieces, and when a signal comes between them heartbeat reads a message without fields (`msg2string: Message with zero
 * fields` in ha-log): the request is lost, and the program says nothing. What is written at once is read as one message.
 * It fails after 10 s where no heartbeat reads.
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
