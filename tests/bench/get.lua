-- Asks for one address, and tells of it in one line: see wrk.py.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("DONE %d %d %d %d %d %d %d\n", summary.requests, summary.duration, summary.bytes,
    latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
