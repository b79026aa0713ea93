#!/bin/sh
# A morning at a support desk, by curl: two channels, three agents in two teams, VIPs routed to a team of their own, a
# merge and its undo, a history linked across channels, a saved reply, a snooze, a close with its category, and an
# agent who goes offline. Wants a running system: API is its address, DATA_DIR its data directory.
# Takes about two minutes, because that long an agent may be away before their conversations go back to the others.
set -eu
API=${API:-http://127.0.0.1:3000}
DATA_DIR=${DATA_DIR:-data}
ledger=$(dirname "$0")/../bin/ledger

token() { sed -n "s/.*\"$1\": \"\([^\"]*\)\".*/\1/p" "$DATA_DIR/dev-tokens.json"; }
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }
say() { printf '\n%s\n' "$*"; }
headers=$(mktemp)
trap 'rm -f "$headers"' EXIT
# send WHO METHOD PATH [BODY]: prints the answer. Every call names the position that the one before was told, so that a
# query waits until its model has got there.
send() {
  position=$(sed -n 's/^[Ll]edger-[Pp]osition: \([^[:space:]]*\).*/\1/p' "$headers")
  body=$(curl -sS -D "$headers" -X "$2" -H "Authorization: Bearer $1" ${4:+-H 'Content-Type: application/json' -d "$4"} \
    ${position:+-H "Ledger-Position: $position"} "$API$3")
  status=$(sed -n 's/^HTTP[^ ]* \([0-9]*\).*/\1/p' "$headers" | tail -1)
  if [ "$status" -ge 400 ]; then echo "$2 $3 was answered $status: $body" >&2; exit 1; fi
  printf '%s\n' "$body"
}
does() { send "$@" >/dev/null; }
# writes CHANNEL PERSON ID TEXT [PROFILE]: a message from outside comes in.
writes() {
  send "$SERVICE" POST "/v1/channels/$1/inbound" \
    "{\"externalMessageId\":\"$run-$3\",\"from\":{\"externalUserId\":\"$run-$2\",\"displayName\":\"$2\",\"profile\":${5:-{\}}},\"text\":\"$4\"}"
}
assignee() { send "$ADMIN" GET "/v1/conversations/$1" | sed -n 's/.*"assignee":\(null\|{[^}]*}\).*/\1/p'; }

ADMIN=$(token admin) SERVICE=$(token service) run=$(date +%s)

say 'Two channels, three agents in two teams. VIPs go to a team of their own.'
shop=$(send "$ADMIN" POST /v1/channels '{"medium":"custom","name":"Web shop"}' | field channelId)
app=$(send "$ADMIN" POST /v1/channels '{"medium":"custom","name":"Mobile app"}' | field channelId)
for agent in ann bob vera; do
  "$ledger" token --data "$DATA_DIR" --user "$run-$agent" --role agent --name "$agent" --json >"$headers.token"
  eval "$agent=\$(field token <\"$headers.token\")"
  rm "$headers.token"
  eval "send \"\$$agent\" GET /v1/channels" >/dev/null
  does "$ADMIN" PUT "/v1/users/$run-$agent/channels" "{\"channelIds\":[\"$shop\",\"$app\"]}"
done
support=$(send "$ADMIN" POST /v1/teams '{"name":"Support"}' | field teamId)
care=$(send "$ADMIN" POST /v1/teams '{"name":"VIP care"}' | field teamId)
does "$ADMIN" PUT "/v1/teams/$support/members" "{\"userIds\":[\"$run-ann\",\"$run-bob\"]}"
does "$ADMIN" PUT "/v1/teams/$care/members" "{\"userIds\":[\"$run-vera\"]}"
does "$ADMIN" POST /v1/routing-rules "{\"when\":{\"group\":\"vip\"},\"to\":{\"teamId\":\"$care\"}}"
does "$ADMIN" POST /v1/priority-scores '{"points":10,"when":{"group":"vip"}}'
does "$ADMIN" PATCH /v1/settings '{"removeAssignmentWhenOffline":true,"closingNotes":{"mode":"category"}}'
delivery=$(send "$ADMIN" POST /v1/closing-categories '{"name":"Delivery"}' | field categoryId)
for agent in ann bob vera; do eval "does \"\$$agent\" PUT /v1/presence '{\"state\":\"online\"}'"; done

say 'Bob has answered Tom, and is given Una. Then he goes offline.'
tom=$(writes "$shop" Tom tom-1 'Where is my parcel?' | field conversationId)
does "$bob" POST "/v1/conversations/$tom/messages" '{"text":"I am asking the carrier."}'
una=$(writes "$shop" Una una-1 'Can I change my address?' | field conversationId)
does "$ann" PUT "/v1/conversations/$una/assignee" "{\"userId\":\"$run-bob\"}"
does "$bob" PUT /v1/presence '{"state":"offline"}'
offline=$(date +%s)

say 'Kim becomes a VIP: what she writes next is routed to VIP care.'
hello=$(writes "$shop" Kim kim-1 'Hello')
kim=$(echo "$hello" | field contactId)
first=$(echo "$hello" | field conversationId)
does "$ann" POST "/v1/conversations/$first/messages" '{"text":"Good morning, Kim."}'
does "$ann" PUT "/v1/contacts/$kim/vip"
does "$ann" POST "/v1/conversations/$first/close" "{\"category\":\"$delivery\"}"
does "$ann" DELETE "/v1/contacts/$kim/assignee"
second=$(writes "$shop" Kim kim-2 'My second parcel is missing too.' | field conversationId)
until assignee "$second" | grep -q "$care"; do sleep 0.2; done
send "$vera" GET "/v1/queue/$second/rank"

say 'A saved reply greets her by name.'
replies=$(send "$ADMIN" POST /v1/saved-reply-collections "{\"name\":\"Shop\",\"channelIds\":[\"$shop\"]}" | field collectionId)
sorry=$(send "$ADMIN" POST "/v1/saved-reply-collections/$replies/replies" \
  '{"title":"Sorry","shortcut":"sorry","text":"Dear {{contact.firstName|friend}}, I am sorry. {{agent.name}} looks after it."}' |
  field replyId)
does "$vera" PUT "/v1/contacts/$kim/name" '{"name":"Kim Berg"}'
send "$vera" GET "/v1/saved-replies?conversation=$second&q=sor"
send "$vera" POST "/v1/saved-replies/$sorry/render" "{\"conversationId\":\"$second\"}"
does "$vera" POST "/v1/conversations/$second/messages" "{\"savedReplyId\":\"$sorry\"}"

say 'On the app she is somebody else. By her e-mail address the two histories are linked; Vera merges them, and undoes it.'
asked=$(writes "$app" Kim-app app-1 'Is it me here?')
other=$(echo "$asked" | field contactId)
third=$(echo "$asked" | field conversationId)
does "$ADMIN" POST /v1/attributes "{\"alias\":\"mail$run\",\"label\":\"E-mail\",\"format\":\"email\"}"
does "$vera" PUT "/v1/contacts/$kim/attributes/mail$run" '{"value":"kim@example.com"}'
does "$vera" PUT "/v1/contacts/$other/attributes/mail$run" '{"value":"Kim@Example.com"}'
does "$ADMIN" PATCH /v1/settings "{\"matchingAttribute\":\"mail$run\"}"
send "$vera" GET "/v1/contacts/$kim/links"
send "$vera" GET "/v1/contacts/$kim/history"
send "$vera" GET "/v1/contacts/$kim/merge/preview?with=$other"
merge=$(send "$vera" POST "/v1/contacts/$kim/merge" "{\"secondaryId\":\"$other\",\"winners\":{\"mail$run\":\"$kim\"}}")
echo "$merge"
send "$vera" GET "/v1/contacts/$kim"
send "$vera" POST "/v1/merges/$(echo "$merge" | field mergeId)/undo"

say 'Snoozed until tomorrow, woken, and closed with its category.'
does "$vera" POST "/v1/conversations/$second/snooze" "{\"until\":\"$(date -u -d tomorrow +%FT%TZ 2>/dev/null || date -u -v+1d +%FT%TZ)\"}"
does "$vera" DELETE "/v1/conversations/$second/snooze"
does "$vera" POST "/v1/conversations/$second/close" "{\"category\":\"$delivery\",\"summary\":\"Sent again.\"}"
send "$vera" GET "/v1/conversations/$second"

say 'Two minutes after Bob went, what waits is no longer his; what he has answered is.'
while assignee "$una" | grep -q bob; do
  [ $(($(date +%s) - offline)) -lt 150 ] || { echo 'Bob still has what waits.' >&2; exit 1; }
  sleep 2
done
echo "Una: $(assignee "$una"), Tom: $(assignee "$tom")"

say 'The counters at the end.'
send "$ADMIN" GET "/v1/queue/counters"
