-- Sends prepared requests, one after the other and again from the beginning, each with a number in it that never
-- repeats: so each write is a change, and preparing one costs no more than putting three strings together.
--
-- Arguments: number before the first, place in both files to begin at, share of writes in percent, file of writes, file
-- of reads; a file of which nothing is sent may be "-".

local number, place, share
local writes, reads
local sent, written, read = 0, 0, 0

local function prepared(path)
  local file = assert(io.open(path, "rb"))
  local prefixes, suffixes, count = {}, {}, 0
  for head in file:lines() do
    local before, after = head:match("^(%d+) (%d+)$")
    count = count + 1
    prefixes[count] = file:read(tonumber(before))
    -- A read of nothing says that the file is at its end.
    suffixes[count] = after == "0" and "" or file:read(tonumber(after))
  end
  file:close()
  return { prefixes = prefixes, suffixes = suffixes, count = count }
end

function init(args)
  number = tonumber(args[1])
  place = tonumber(args[2])
  share = tonumber(args[3])
  writes = share > 0 and prepared(args[4])
  reads = share < 100 and prepared(args[5])
end

function request()
  sent = sent + 1
  -- Evenly: of 20 in 100 each fifth.
  if sent * share % 100 < share then
    local at = (place + written) % writes.count + 1
    written = written + 1
    return writes.prefixes[at] .. (number + written) .. writes.suffixes[at]
  end
  local at = (place + read) % reads.count + 1
  read = read + 1
  return reads.prefixes[at]
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    "requests=%d duration_us=%d p50_us=%d p99_us=%d status=%d connect=%d read=%d write=%d timeout=%d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect, errors.read, errors.write, errors.timeout))
end
