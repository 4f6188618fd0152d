-- Headers and body from the environment; a POST gets a fresh Idempotency-Key.
--
-- SPDX-License-Identifier: ISC
local body
local count = 0
local name = tostring({}):sub(8)

function init(args)
  for line in (os.getenv("BENCH_HEADERS") or ""):gmatch("[^\n]+") do
    local key, value = line:match("^([^:]+): (.*)$")
    wrk.headers[key] = value
  end
  local path = os.getenv("BENCH_BODY")
  if path then
    local file = assert(io.open(path, "rb"))
    body = file:read("*a")
    file:close()
    wrk.method = "POST"
  end
end

function request()
  if not body then
    return wrk.format()
  end
  count = count + 1
  wrk.headers["Idempotency-Key"] = name .. "-" .. os.time() .. "-" .. count
  return wrk.format(nil, nil, nil, body)
end
