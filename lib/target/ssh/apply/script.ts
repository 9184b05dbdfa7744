import { createHash } from 'node:crypto';
import { ACTIVATE } from './activate';
import { CHECKERS } from './checkers';
import { COMMIT } from './commit';
import { FILES } from './files';
import { PRELUDE } from './prelude';
import { SERVE } from './serve';

/** Line between the apply script and the bundle that it brings along. */
const BUNDLE_MARKER = '#tandem-bundle';

const MAIN = `
# Left before the end: nothing secret stays behind, and what was begun is undone.
leave() {
  status=$?
  trap - EXIT
  # The way back goes to its end.
  trap '' HUP INT TERM
  set +e
  join
  case $action in run | check) rm -f "$0" ;; esac
  if [ -n "$visible" ]; then rm -rf "$visible"; fi
  # Without the lock the state belongs to another run.
  if [ "$status" != 0 ] && [ -n "$locked" ]; then
    case $open in
      copying) if [ -e "$backup/open" ]; then rollback; else discard_copies; fi ;;
      yes) rollback ;;
    esac
    case $action in run | check) rm -rf "$staged" ;; esac
  fi
  exit "$status"
}

# The bundle that follows this script holds secrets; it goes away with the script, and none of them stays behind.
unpack() {
  rm -rf "$staged"
  files unpack "$0" "$deployment" "$(uname -n)"
  rm -f "$0"
  read -r host drbd_version <"$staged/host"
}

open=
locked=
visible=
beside=
going_back=
forgotten=
trap leave EXIT
trap 'exit 1' HUP INT TERM
take_lock
locked=yes
while [ -n "$actions" ]; do
  action=\${actions%%,*}
  actions=\${actions#"$action"}
  actions=\${actions#,}
  case $action in
    run)
      unpack
      check_all
      commit
      activate
      confirm
      ;;
    check)
      unpack
      check_all
      mv "$staged/apply" "$state/apply"
      ;;
    commit)
      commit
      arm_rollback
      ;;
    await) begin_ahead ;;
    ahead) ahead ;;
    activate | turn)
      tell_ahead
      still_committed
      if [ -e "$backup/open" ]; then open=yes; fi
      "$action"
      ;;
    confirm) confirm ;;
    rollback) rollback ;;
    *) fail "unknown action $action" ;;
  esac
done
leave
${BUNDLE_MARKER}
`;

/**
 * The program that the target puts on every host: it checks, commits, activates and, on any failure, rolls back. Its
 * bundle follows its last line.
 */
export const APPLY_SCRIPT = PRELUDE + FILES + CHECKERS + COMMIT + ACTIVATE + SERVE + MAIN;

/** Changes with the program: what was configured by another one is configured anew. */
export const SCRIPT_HASH = createHash('sha256').update(APPLY_SCRIPT).digest('hex').slice(0, 12);
