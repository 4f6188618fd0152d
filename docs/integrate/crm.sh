#!/bin/bash
# A client of CRM for channels, in bash, curl and openssl.
#
#   crm.sh token                            a token, good for ten minutes
#   crm.sh post REPORT.json [PHOTO…]        sends a report ("-": standard input)
#   crm.sh open ID                          one report, by id or ticket number
#   crm.sh events ID                        what happened to it
#   crm.sh changes TIME                     what changed since (RFC 3339)
#   crm.sh step ID TYPE [MEMBERS] [PHOTO…]  a step of the reporter's:
#                                           step ID answer '{"text":"…"}'
#
# From the environment: CRM_URL, CRM_KEY (file of the private key, P-256),
# CRM_KID, CRM_ISSUER, CRM_AUDIENCE; CRM_CA (file of an authority of one's own).
# A write that got no answer is sent again with the same Idempotency-Key, so it
# is done once. Prints the answer; the exit status says whether it was done.
#
# SPDX-License-Identifier: ISC
set -euo pipefail

base64url() {
	openssl base64 -A | tr '+/' '-_' | tr -d '='
}

# ES256 wants r and s, 32 bytes each; openssl gives them inside DER.
signature() {
	openssl dgst -sha256 -sign "$CRM_KEY" | openssl asn1parse -inform DER |
	    sed -n 's/.*INTEGER *://p' | while read -r number; do
		number=$(printf '%64s' "$number" | tr ' ' 0 | sed 's/../\\x&/g')
		printf '%b' "$number"
	done | base64url
}

token() {
	local now head body
	now=$(date +%s)
	head=$(printf '{"alg":"ES256","typ":"JWT","kid":"%s"}' "$CRM_KID" | base64url)
	body=$(printf '{"iss":"%s","aud":"%s","sub":"%s","iat":%d,"exp":%d}' \
	    "$CRM_ISSUER" "$CRM_AUDIENCE" "$CRM_ISSUER" "$now" $((now + 600)) | base64url)
	printf '%s.%s.%s\n' "$head" "$body" "$(printf '%s.%s' "$head" "$body" | signature)"
}

# The token stays out of the list of processes.
send() {
	local path=$1
	shift
	curl --silent --show-error --fail-with-body --max-time 60 \
	    ${CRM_CA:+--cacert "$CRM_CA"} \
	    -H @<(printf 'Authorization: Bearer %s\n' "$(token)") \
	    "$@" "$CRM_URL$path"
	echo
}

# write PATH PART JSON [PHOTO…], with the headers in the array "headers"
write() {
	local path=$1 part=$2 json=$3 photo
	shift 3
	local body=(-H 'Content-Type: application/json' --data-binary @-)
	if [ $# -gt 0 ]; then
		body=(-F "$part=<-;type=application/json")
		for photo; do
			body+=(-F "photo=@$photo")
		done
	fi
	send "$path" --retry 4 --retry-connrefused \
	    -H "Idempotency-Key: $(openssl rand -hex 16)" \
	    "${headers[@]}" "${body[@]}" <<<"$json"
}

# The version of a report, for If-Match.
version() {
	send "/api/v1/reports/$1" --output /dev/null --write-out '%header{etag}'
}

headers=()
: "${CRM_URL:?}" "${CRM_KEY:?}" "${CRM_KID:?}" "${CRM_ISSUER:?}" "${CRM_AUDIENCE:?}"
case ${1-}:$# in
token:1) token ;;
post:[2-7]) write /api/v1/reports report "$(cat "$2")" "${@:3}" ;;
open:2) send "/api/v1/reports/$2" ;;
events:2) send "/api/v1/reports/$2/events?limit=100" ;;
changes:2) send "/api/v1/reports?limit=100" --get --data-urlencode "updated_since=$2" ;;
step:[3-9])
	members=${4:-"{}"} json="{\"type\":\"$3\""
	members=${members#"{"}
	[ "$members" = "}" ] || json+=,
	headers=(-H "If-Match: $(version "$2")")
	write "/api/v1/reports/$2/events" event "$json$members" "${@:5}"
	;;
*)
	sed -n '4,11s/^# \{0,3\}//p' "$0" >&2
	exit 2
	;;
esac
