/** Shell functions of an entry point whose `stand_beside` runs beside the server, in a process of its own, and ends with it. */
export const BESIDE = `start_beside() {
  stand_beside &
  beside=$!
}

# FILE with the process that \`stand_beside\` waits for, in $run
end_beside() {
  kill "$beside" 2>/dev/null || true
  if [ -s "$run/$1" ]; then kill "$(cat "$run/$1")" 2>/dev/null || true; fi
  wait "$beside" 2>/dev/null || true
  rm -f "$run/$1"
}
`;
