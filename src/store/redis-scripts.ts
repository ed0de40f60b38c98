import { createHash } from 'node:crypto';

/**
 * Lua scripts, each of which Redis executes atomically.
 *
 * An entry is text: `v1 <end> <lifetime> <length>`, a line feed, the bytes. The end that stands there decides;
 * Redis's own expiry only removes entries that are no longer read. An entry in another format is a miss.
 * Names are also in an index in the order of their bytes; those that expire are in a second index by their end.
 */
export interface Script {
  readonly text: string;
  readonly digest: string;
}

const script = (...parts: readonly string[]): Script => {
  const text = parts.join('\n');
  return { text, digest: createHash('sha1').update(text).digest('hex') };
};

/** How long Redis keeps what has ended. */
const clearAfterMs = 60_000;
/** Ended entries that one write clears away at most. */
const sweptEntriesMax = 8;

/** The first argument is the time, or nothing where Redis's own is to hold. */
const readTime = `
local now = tonumber(ARGV[1])
if not now then
  local clock = redis.call('TIME')
  now = clock[1] * 1000 + math.floor(clock[2] / 1000)
end
local function whole(number) return string.format('%.0f', number) end
`;

/** KEYS: entry, index, ends. ARGV: time, name. */
const entries = `
local name = ARGV[2]
local function drop()
  redis.call('DEL', KEYS[1])
  redis.call('ZREM', KEYS[2], name)
  redis.call('ZREM', KEYS[3], name)
end
-- SET comes first: a Redis that is full refuses a script only before it has written anything.
local function store(bytes, lifetime)
  local ends = '-'
  if lifetime ~= '-' then ends = whole(now + lifetime) end
  local record = 'v1 ' .. ends .. ' ' .. lifetime .. ' ' .. #bytes .. '\\n' .. bytes
  if lifetime == '-' then
    redis.call('SET', KEYS[1], record)
    redis.call('ZREM', KEYS[3], name)
  else
    redis.call('SET', KEYS[1], record, 'PX', whole(math.max(0, lifetime) + ${clearAfterMs}))
    redis.call('ZADD', KEYS[3], ends, name)
  end
  redis.call('ZADD', KEYS[2], 0, name)
end
local function find()
  local record = redis.pcall('GET', KEYS[1])
  if not record then return nil end
  if type(record) == 'table' then drop() return nil end
  local ends, lifetime, length, start = string.match(record, '^v1 (%S+) (%S+) (%d+)\\n()')
  if not start or #record - start + 1 ~= tonumber(length) then drop() return nil end
  local bytes = string.sub(record, start)
  if ends ~= '-' then
    local left = (tonumber(ends) or 0) - now
    if left <= 0 then drop() return nil end
    if left > (tonumber(lifetime) or 0) then store(bytes, lifetime) end
  end
  return bytes
end
local function sweep(prefix)
  for _, ended in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', now, 'LIMIT', 0, ${sweptEntriesMax})) do
    redis.call('DEL', prefix .. ended)
    redis.call('ZREM', KEYS[2], ended)
    redis.call('ZREM', KEYS[3], ended)
  end
end
`;

/** KEYS: draws. The set holds `<number>:<amount>` by the time of the draw; one from the future counts as made now. */
const draws = `
if redis.call('TYPE', KEYS[1]).ok ~= 'zset' then redis.call('DEL', KEYS[1]) end
local function amountOf(member) return tonumber(string.match(member, ':(%d+)$')) or 0 end
for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. whole(now), '+inf')) do
  redis.call('ZADD', KEYS[1], now, member)
end
`;

/** KEYS: lease. `v1 <end> <duration> <generation>` */
const leases = `
local function holder()
  local record = redis.pcall('GET', KEYS[1])
  if not record then return nil end
  if type(record) == 'table' then redis.call('DEL', KEYS[1]) return nil end
  local ends, duration, generation = string.match(record, '^v1 (%d+) (%d+) (%d+)$')
  if not generation then return nil end
  return generation, tonumber(ends) - now, tonumber(duration)
end
local function hold(duration, generation)
  local record = 'v1 ' .. whole(now + duration) .. ' ' .. whole(duration) .. ' ' .. generation
  redis.call('SET', KEYS[1], record, 'PX', whole(duration + ${clearAfterMs}))
end
`;

export const scripts = {
  get: script(readTime, entries, 'return find() or false'),
  /** ARGV: time, name, lifetime, bytes, prefix of entries. */
  set: script(readTime, entries, 'store(ARGV[4], ARGV[3]) sweep(ARGV[5]) return 1'),
  /** ARGV: time, name, lifetime, bytes, prefix of entries, whether something is expected, what. */
  compareAndSet: script(
    readTime,
    entries,
    `
local held = find()
local same = held == nil
if ARGV[6] == '1' then same = held == ARGV[7] end
if not same then return 0 end
store(ARGV[4], ARGV[3])
sweep(ARGV[5])
return 1`,
  ),
  delete: script(readTime, entries, 'drop() return 1'),
  /** KEYS: index, ends. ARGV: time, prefix, limit, prefix of entries, the name behind which to begin or nothing. */
  keys: script(
    readTime,
    `
local limit = tonumber(ARGV[3])
local found, offset, step = {}, 0, 500
local from = '[' .. ARGV[2]
if ARGV[5] > ARGV[2] then from = '(' .. ARGV[5] end
while #found < limit do
  local page = redis.call('ZRANGEBYLEX', KEYS[1], from, '(' .. ARGV[2] .. '\\255', 'LIMIT', offset, step)
  for _, name in ipairs(page) do
    local ends = redis.call('ZSCORE', KEYS[2], name)
    local lasts = not ends or tonumber(ends) > now
    if #found < limit and lasts and redis.call('EXISTS', ARGV[4] .. name) == 1 then found[#found + 1] = name end
  end
  if #page < step then break end
  offset = offset + step
end
return found`,
  ),
  /** KEYS: epoch. ARGV: time, a new epoch. A store that has lost its entries has lost its epoch. */
  epoch: script(readTime, `redis.call('SET', KEYS[1], ARGV[2], 'NX') return redis.call('GET', KEYS[1])`),
  /** KEYS: draws, counter of draws, epoch. ARGV: time, limit, window, amount, epoch. Draws nothing in another epoch. */
  draw: script(
    readTime,
    draws,
    `
if redis.call('GET', KEYS[3]) ~= ARGV[5] then return false end
local limit, window, amount = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local made = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. whole(now - window), '+inf', 'WITHSCORES')
local spent = 0
for at = 1, #made, 2 do spent = spent + amountOf(made[at]) end
local granted = spent + amount <= limit
if granted and amount > 0 then
  local member = redis.call('INCR', KEYS[2]) .. ':' .. whole(amount)
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', whole(now - window))
  redis.call('ZADD', KEYS[1], now, member)
  redis.call('PEXPIRE', KEYS[1], whole(math.max(redis.call('PTTL', KEYS[1]), window + ${clearAfterMs})))
  made[#made + 1] = member
  made[#made + 1] = now
  spent = spent + amount
end
local free, left = window, spent
if spent < limit then free = 0 end
for at = 1, #made, 2 do
  if free < window or spent < limit then break end
  left = left - amountOf(made[at])
  if left < limit then
    free = math.max(0, made[at + 1] + window - now)
    break
  end
end
return { granted and 1 or 0, spent, free }`,
  ),
  /** KEYS: lease, last generation. ARGV: time, duration. Generations follow the time, so that they grow even where Redis forgot the last. */
  acquire: script(
    readTime,
    leases,
    `
local generation, left, duration = holder()
if generation and left > duration then
  hold(duration, generation)
  left = duration
end
if generation and left > 0 then return false end
local last = tonumber(redis.call('GET', KEYS[2]) or 0) or 0
local next = whole(math.max(last + 1, now))
redis.call('SET', KEYS[2], next)
hold(tonumber(ARGV[2]), next)
return next`,
  ),
  /** KEYS: lease. ARGV: time, generation. */
  release: script(readTime, leases, `if holder() == ARGV[2] then redis.call('DEL', KEYS[1]) end return 1`),
} as const satisfies Record<string, Script>;
