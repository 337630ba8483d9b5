-- Posts comments, each in new words and with a key of its own, by one reader after another, each at home somewhere else.
-- Words after "--": a file with the stories' numbers in its first line and then a session key a line, which reader begins.

dofile("get.lua")
local readers, stories, turn = {}, {}, 0
local syllables = {}
for consonant in ("b d f g k l m n p r s t v"):gmatch("%a") do
  for vowel in ("a e i o u"):gmatch("%a") do syllables[#syllables + 1] = consonant .. vowel end
end

function init(words)
  local lines = io.lines(words[1])
  for story in lines():gmatch("%d+") do stories[#stories + 1] = story end
  for line in lines do readers[#readers + 1] = line end
  turn = tonumber(words[2])
  math.randomseed(os.time() + turn)
end

local function said(count)
  local words = {}
  for number = 1, count do
    local word = {}
    for place = 1, math.random(2, 4) do word[place] = syllables[math.random(#syllables)] end
    words[number] = table.concat(word)
  end
  return table.concat(words, "+")
end

local function key()
  local function digit() return string.format("%x", math.random(0, 15)) end
  return (("xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx"):gsub("x", digit))
end

function request()
  turn = turn + 1
  local reader = turn % #readers
  wrk.headers["Cookie"] = "__Host-session=" .. readers[reader + 1] .. "; __Host-csrf=" .. CSRF
  wrk.headers["X-Forwarded-For"] = string.format("10.0.%d.%d", math.floor(reader / 256) % 256, reader % 256)
  local form = "key=" .. key() .. "&body=" .. said(math.random(8, 60))
  return wrk.format("POST", "/comments/" .. stories[turn % #stories + 1] .. "/new/", nil, form)
end

CSRF = ("c"):rep(32)
wrk.headers["X-CSRFToken"] = CSRF
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"

-- Of refusals the first few are told; any at all ends the measuring.
local told = 0
function response(status, headers, body)
  if status ~= 201 and told < 3 then
    told = told + 1
    io.stderr:write(status, " ", body:sub(1, 300), "\n")
  end
end
