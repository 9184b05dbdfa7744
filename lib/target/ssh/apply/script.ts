import { ACTIVATE } from './activate';
import { CHECKERS } from './checkers';
import { COMMIT } from './commit';
import { PRELUDE } from './prelude';
import { STAGE } from './stage';

const MAIN = `
# Left before the end: nothing secret stays behind, and what was begun is undone.
leave() {
  status=$?
  trap - EXIT
  set +e
  rm -f "$upload/secrets"
  if [ -n "$visible" ]; then rm -rf "$visible"; fi
  # Without the lock the state belongs to another run.
  if [ "$status" != 0 ] && [ -n "$locked" ]; then
    case $open in
      copying) discard_copies ;;
      yes) rollback ;;
    esac
    rm -f "$staged/substitute"
    case $action in run | check) rm -rf "$staged" ;; esac
  fi
  exit "$status"
}

open=
locked=
visible=
trap leave EXIT
trap 'exit 1' HUP INT TERM
take_lock
locked=yes
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
    cp "$0" "$state/apply"
    ;;
  commit)
    commit
    arm_rollback
    ;;
  activate)
    if [ -e "$backup/open" ]; then open=yes; fi
    activate
    ;;
  confirm) confirm ;;
  rollback) rollback ;;
  *) fail "unknown action $action" ;;
esac
`;

/** The program that the target puts on every host: it checks, commits, activates and, on any failure, rolls back. */
export const APPLY_SCRIPT = PRELUDE + STAGE + CHECKERS + COMMIT + ACTIVATE + MAIN;
