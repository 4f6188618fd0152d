# shellcheck shell=bash
# Keys and certificates of an instance. Each is made once and then kept.
#
# SPDX-License-Identifier: ISC

# For root, who a file belongs to; the mode for everybody.
guard() {
	if is_root; then
		chown "$2:$2" "$1"
	fi
	chmod "$3" "$1"
}

ec_key() {
	openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"
}

# A certificate authority of the instance's own, for demo and tests; in
# production the city's certificate goes in its place.
ca_make() {
	[ ! -s "$keys/ca.pem" ] || return 0
	ec_key "$keys/ca.key"
	openssl req -x509 -new -key "$keys/ca.key" -sha256 -days 3650 \
	    -subj "/CN=CRM instance CA" \
	    -addext basicConstraints=critical,CA:true,pathlen:0 \
	    -addext keyUsage=critical,keyCertSign,cRLSign -out "$keys/ca.pem.new"
	mv "$keys/ca.pem.new" "$keys/ca.pem"
	chmod 0644 "$keys/ca.pem"
}

# Still good tomorrow?
certificate_is_good() {
	[ -s "$1" ] && openssl x509 -in "$1" -noout -checkend 86400 >/dev/null
}

certificate_make() {
	local cert=$keymgr/cert.pem key=$keymgr/key.pem
	if [ -s "$key" ] && certificate_is_good "$cert"; then
		return
	fi
	[ -s "$keys/ca.key" ] ||
	    die "the server certificate is missing or too old, and there is no $keys/ca.key to sign a new one"
	ec_key "$key"
	openssl req -new -key "$key" -subj /CN=localhost -out "$cert.csr"
	openssl x509 -req -in "$cert.csr" -CA "$keys/ca.pem" -CAkey "$keys/ca.key" \
	    -set_serial "0x$(openssl rand -hex 16)" -days 397 -sha256 \
	    -extfile <(printf '%s\n' \
		subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1 \
		basicConstraints=critical,CA:false \
		keyUsage=critical,digitalSignature extendedKeyUsage=serverAuth) \
	    -out "$cert" 2>/dev/null
	rm -f "$cert.csr"
}

# Kore insists on parameters even where only ECDHE is offered; this is the
# group of RFC 7919.
dh_make() {
	[ -s "$keymgr/dh.pem" ] || openssl genpkey -quiet -genparam -algorithm DH \
	    -pkeyopt group:ffdhe2048 -out "$keymgr/dh.pem"
}

# Identities are sealed to the public half; the server never sees the other.
identity_make() {
	[ ! -s "$keys/identity.pub" ] || return 0
	ec_key "$keys/vault/identity.key"
	openssl pkey -in "$keys/vault/identity.key" -pubout -out "$keys/identity.pub"
}

# Secrets of webhooks are sealed to it; of all keys the jobs read this one. It
# appears whole: half of it would seal what nobody can open.
webhook_make() {
	local file=$keys/webhook.key
	if [ ! -s "$file" ]; then
		openssl rand -out "$file.new" 32
		mv "$file.new" "$file"
	fi
	guard "$file" crm-jobs 0400
}

channel_key_make() {
	local file=$keys/channel/$1.key
	[ -s "$file" ] || ec_key "$file"
	[ -s "$keys/channel/$1.pub" ] ||
	    openssl pkey -in "$file" -pubout -out "$keys/channel/$1.pub"
}

keys_make() {
	local keys=$state_real/keys keymgr=$state_real/keymgr channel
	umask 077
	ca_make
	certificate_make
	dh_make
	identity_make
	[ -s "$keys/auth.key" ] || openssl rand -out "$keys/auth.key" 32
	webhook_make
	guard "$keys/identity.pub" root 0644
	guard "$keymgr/cert.pem" crm-key 0444
	guard "$keymgr/key.pem" crm-key 0400
	guard "$keymgr/dh.pem" crm-key 0444
	if [ "$CRM_DEMO" = 1 ]; then
		for channel in $demo_channels; do
			channel_key_make "$channel"
		done
	fi
	umask 022
}
