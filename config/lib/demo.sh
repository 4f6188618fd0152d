# shellcheck shell=bash
# Demo accounts, channels and data: on the first start only.
#
# SPDX-License-Identifier: ISC

# username|role|unit|name|with a second factor
demo_users="
andi.klender|officer|Kelurahan Klender|Andi Saputra|
sari.semanggi|officer|Kelurahan Karet Semanggi|Sari Wulandari|
budi.pluit|officer|Kelurahan Pluit|Budi Hartono|totp
rina.binamarga|officer|Dinas Bina Marga|Rina Marlina|
joko.pertamanan|officer|Dinas Pertamanan dan Hutan Kota|Joko Susilo|
lurah.klender|supervisor|Kelurahan Klender|Dewi Anggraini|
camat.durensawit|supervisor|Kecamatan Duren Sawit|Hendra Gunawan|
triase|triage|Pusat Penyaringan CRM|Maya Lestari|
validator|validator|Biro Pemerintahan|Tono Wijaya|
validator.inspektorat|validator|Inspektorat|Wati Rahayu|
privasi.kantor|privacy|Kantor Pelindungan Data Pribadi|Ratna Sari|
privasi.inspektorat|privacy|Inspektorat|Agus Salim|
admin|admin|Biro Pemerintahan|Fitri Handayani|
wati.sudin|officer|Suku Dinas Bina Marga Jakarta Timur|Wati Rahmawati|
kadis.binamarga|supervisor|Dinas Bina Marga|Bambang Prasetyo|
coba.petugas|officer|Sandbox|Coba Petugas|
coba.kepala|supervisor|Sandbox|Coba Kepala|
coba.triase|triage|Sandbox|Coba Triase|
coba.validator|validator|Sandbox|Coba Validator|
"

# Those of them that have a key of their own.
demo_channels="jaki desk email lapor1708 open311 sandbox"

demo_issuer=https://demo.invalid
demo_audience=crm-demo

# Four groups of five letters and digits that nobody mixes up: 98 bits.
demo_password() {
	local text
	text=$(head -c 4096 /dev/urandom | LC_ALL=C tr -dc 'abcdefghjkmnpqrstuvwxyz23456789' | head -c 20)
	printf '%s-%s-%s-%s\n' "${text:0:5}" "${text:5:5}" "${text:10:5}" "${text:15:5}"
}

# One account, and its entry of demo.json on stdout.
demo_account() {
	local username=$1 role=$2 unit=$3 name=$4 totp=$5 password secret
	local options=()
	password=$(demo_password)
	[ -z "$totp" ] || options=(--totp)
	secret=$(printf '%s\n' "$password" | crm account add --username "$username" \
	    --name "$name" --role "$role" --unit "$unit" --password-stdin \
	    --replace "${options[@]}" | sed -n 's/^totp secret: //p')
	[ -n "$secret" ] && secret=\"$secret\" || secret=null
	printf '{"username":"%s","password":"%s","role":"%s","unit":"%s","totp_secret":%s}\n' \
	    "$username" "$password" "$role" "$unit" "$secret"
}

# The key of a channel's clients of Open311: kept, because it is printed once.
demo_apikey() {
	local file=$state_real/keys/channel/$1.apikey
	[ -s "$file" ] || (umask 077 &&
	    crm channel apikey "$1" | sed -n 's/^api_key: //p' >"$file.new" &&
	    mv "$file.new" "$file")
	cat "$file"
}

# The one channel that does not come with the database.
demo_sandbox() {
	[ "$1" = sandbox ] || return 0
	[ -n "$(superuser -d crm -At <<<"select 1 from crm.channel where name = 'sandbox'")" ] ||
	    crm channel add sandbox --title "Sandbox" --geotagged --sandbox
}

# One channel's first key, and its entry of demo.json on stdout. The channels
# themselves come with the database; whoever tries the demo is not slowed down.
demo_channel() {
	local name=$1 kid=$1-1 key=$state_real/keys/channel/$1
	local issuer=$demo_issuer/$1 more=
	if [ -z "$(superuser -d crm -v kid="$kid" -At <<<"select 1 from crm.channel_key where kid = :'kid'")" ]; then
		demo_sandbox "$name"
		crm channel key "$name" --kid "$kid" --alg ES256 --public "$key.pub" \
		    --issuer "$issuer" --audience "$demo_audience" >/dev/null
		crm channel limits "$name" --reads 1000000 --writes 100000 >/dev/null
	fi
	[ "$name" != open311 ] || more=",\"api_key\":\"$(demo_apikey "$name")\""
	printf '{"name":"%s","kid":"%s","alg":"ES256","private_key_file":"%s","issuer":"%s","audience":"%s"%s}\n' \
	    "$name" "$kid" "$key.key" "$issuer" "$demo_audience" "$more"
}

# demo.json appears whole or not at all. A start that died in between leaves
# accounts whose passwords nobody knows: they are given new ones.
demo_accounts() {
	local file=$state_real/demo.json users channels name
	[ "$CRM_DEMO" = 1 ] || return 0
	channels=$(for name in $demo_channels; do demo_channel "$name"; done | paste -sd,)
	if [ -s "$file" ]; then
		demo_refresh "$file" "$channels"
		return
	fi
	step "making demo accounts and channels"
	users=$(while IFS='|' read -r username role unit name totp; do
		[ -z "$username" ] || demo_account "$username" "$role" "$unit" "$name" "$totp"
	done <<<"$demo_users" | paste -sd,)
	(umask 077 && printf '{"base_url":"%s","ca_file":"%s","users":[%s],"channels":[%s]}\n' \
	    "$base_url" "$state_real/keys/ca.pem" "$users" "$channels" >"$file.new")
	mv "$file.new" "$file"
}

# The port and the place of an instance may change between two starts, and a
# newer version may have more channels.
demo_refresh() {
	(umask 077 && node -e '
		const [file, url, state, channels] = process.argv.slice(1);
		const demo = JSON.parse(require("fs").readFileSync(file, "utf8"));
		demo.base_url = url;
		demo.ca_file = state + "/keys/ca.pem";
		for (const channel of JSON.parse("[" + channels + "]"))
			if (!demo.channels.some(({ name }) => name === channel.name))
				demo.channels.push(channel);
		for (const channel of demo.channels)
			channel.private_key_file = state + "/keys/channel/" + channel.name + ".key";
		process.stdout.write(JSON.stringify(demo) + "\n");
	' "$1" "$base_url" "$state_real" "$2" >"$1.new")
	mv "$1.new" "$1"
}

# The reports are posted through the API itself, once.
demo_data() {
	local done_file=$state_real/pid/demo-data.done
	[ "$CRM_DEMO" = 1 ] && [ "$CRM_DEMO_DATA" = 1 ] || return 0
	[ -s "$root/config/demo/seed.mjs" ] && [ ! -e "$done_file" ] || return 0
	step "loading demo data"
	if CRM_STATE=$state_real CRM_CLI=$root/config/crm \
	    NODE_EXTRA_CA_CERTS=$state_real/keys/ca.pem \
	    node "$root/config/demo/seed.mjs" "$state_real/demo.json" \
	    >"$state_real/log/demo.log" 2>&1; then
		touch "$done_file"
	else
		tail -n 20 "$state_real/log/demo.log" >&2
		die "demo data could not be loaded; see $state_real/log/demo.log"
	fi
}

demo_print() {
	say
	say "demo sign-ins (also in $state_real/demo.json):"
	node -e '
		const demo = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
		for (const user of demo.users)
			console.log("  " + user.username.padEnd(20) + user.password.padEnd(25) +
			    user.role.padEnd(12) + user.unit +
			    (user.totp_secret ? "  TOTP " + user.totp_secret : ""));
	' "$state_real/demo.json"
}
