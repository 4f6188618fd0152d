-- Our own short list of how Jakarta writes. Words with an empty plain form
-- tell nothing about what is broken and where: they would make any two polite
-- reports alike.
--
-- SPDX-License-Identifier: ISC

insert into crm.slang (word, plain)
select w.word, w.plain
from (
	select split_part(pair, '=', 1) as word,
	    replace(split_part(pair, '=', 2), '_', ' ') as plain
	from unnest(string_to_array(
	    'ad=ada adlh=adalah agk=agak aja=saja ajah=saja akn=akan '
	    'amblas=ambles ancur=hancur asphal=aspal bbrp=beberapa belom=belum '
	    'berbahaya=bahaya berlobang=lubang berlubang=lubang '
	    'bersihin=bersih bersihkan=bersih bgt=banget bks=bekas '
	    'blkg=belakang blm=belum blom=belum bnyk=banyak bolong2=lubang '
	    'bolong=lubang brp=berapa bs=bisa bsa=bisa byk=banyak byr=bayar '
	    'cpet=cepat cpt=cepat dah=sudah diaspal=aspal diasphal=aspal '
	    'dibersihkan=bersih ditebang=tebang dket=dekat dkt=dekat dpn=depan '
	    'dpt=dapat dr=dari engga=tidak enggak=tidak ga=tidak gak=tidak '
	    'gede=besar gelap2an=gelap gg=gang gk=tidak got2=got hr=hari '
	    'hrs=harus idup=hidup ilang=hilang item=hitam jalanan=jalan '
	    'jgn=jangan jl=jalan jln=jalan jpo=jembatan_penyeberangan '
	    'kabel2=kabel kagak=tidak kalo=kalau kbl=kabel kcl=kecil '
	    'kec=kecamatan kel=kelurahan kira2=kira klo=kalau kmaren=kemarin '
	    'kmren=kemarin kmrn=kemarin krg=kurang kt=kita lalin=lalu_lintas '
	    'lampu2=lampu lampunya=lampu lbh=lebih lg=lagi lgi=lagi '
	    'lobang=lubang lokasinya=lokasi lubang2=lubang malem=malam '
	    'mampet=sumbat masi=masih matot=mati membahayakan=bahaya '
	    'mengganggu=ganggu menumpuk=tumpuk menyala=nyala mgkn=mungkin '
	    'mlm=malam mmg=memang mobil2=mobil motor2=motor msh=masih '
	    'nganggu=ganggu ngga=tidak nggak=tidak numpuk=tumpuk org=orang '
	    'orng=orang padem=padam parah2=parah parkiran=parkir pgr=pagar '
	    'pinggiran=pinggir pju=lampu_jalan pkl=pedagang plg=paling '
	    'pohon2=pohon ptgs=petugas puing2=puing rmh=rumah rsk=rusak '
	    'rusaknya=rusak saluran=got sampah2=sampah sampahnya=sampah '
	    'sampe=sampai sblh=sebelah sblm=belum sdh=sudah selokan=got '
	    'skrang=sekarang skrg=sekarang smpe=sampai srg=sering tak=tidak '
	    'tbg=tebang tdak=tidak tdk=tidak tersumbat=sumbat tiap2=tiap '
	    'tidka=tidak tlg=tolong tp=tapi tpi=tapi trs=terus trus=terus '
	    'tumpukan=tumpuk uda=sudah udah=sudah udh=sudah warga2=warga '
	    'yg=yang',
	    ' ')) pair
	union all
	select word, '' from unnest(string_to_array(
	    'ada adalah adanya admin agar akan aku amat anda antara apa apakah '
	    'apalagi assalamualaikum atas atau ato bagi bahwa banget bantu '
	    'bantuan bantuannya bapak bapa baru beberapa begini begitu belum '
	    'berapa bgmn biar bila bisa boleh bpk bu buat bukan banyak cuma '
	    'cuman cukup d dalam dan dapat dari daripada demikian dengan depan '
	    'dgn di dibantu diharap diharapkan diperbaiki dimana dimohon '
	    'dinas dong dr e hal halo hanya harap hari harus hormat ibu ini itu '
	    'iya jadi jangan jd jg juga ka kak kalau kami kan karena karna '
	    'kasih kawan ke kemarin kembali kenapa kepada kira kita kok kpd '
	    'krn ksh lagi laksanakan lah lalu langsung lapor laporan lebih '
	    'maaf makasih mana mas masih mau melapor melaporkan memang mengapa '
	    'menjadi mereka mhn min minta mohon mrk mungkin nah namun nih nya '
	    'o oh oleh pada pagi pak para pas perbaiki perihal perlu pernah '
	    'petugas pihak pula saat saja salam sama sangat saya sampai saudara '
	    'sdr sebagai sebelah secepatnya secara sedang segera sekali '
	    'sekarang sekian selalu selamat seluruh semoga semua seperti '
	    'sering serta setiap siang sini situ sore sudah supaya sy tapi '
	    'tadi telah tengah terima terimakasih terkait terlalu ternyata '
	    'tersebut terus tetap tetapi tiap tidak tindak tinggal tiga tl '
	    'tolong trims trimakasih trm tsb tu tuh tuhan u untuk utk wr wb '
	    'wib ya yaitu yang yth', ' ')) word
) w
where w.word ~ '^[[:alnum:]]+$'
on conflict (word) do nothing;

-- What is plain may itself tell nothing.
update crm.slang s set plain = ''
from crm.slang t where t.word = s.plain and t.plain = '';
