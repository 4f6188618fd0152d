-- Words to start with; an admin adds and removes them. Abuse: insults of
-- people only. What is also an animal, a complaint or a crime to report
-- (anjing liar, pungli, korupsi) stands here in no form that means that.
-- Emergency: what is happening, not what is feared or broken.
--
-- SPDX-License-Identifier: ISC

insert into crm.filter_word (id, kind, word, bare)
select md5('word ' || b.bare)::uuid, w.kind, w.word, b.bare
from (
	select 'abuse' as kind, unnest(array[
	    'anjing kalian', 'anjing kau', 'anjing lo', 'anjing loe',
	    'anjing lu', 'anjing semua', 'asu kabeh', 'asu kowe', 'babi kalian',
	    'babi kau', 'babi lo', 'babi lu', 'bacot', 'bajingan', 'bangsat',
	    'bedebah', 'bego', 'begok', 'bloon', 'brengsek', 'cukimai',
	    'cukimay', 'dasar anjing', 'dasar asu', 'dasar babi', 'dasar kafir',
	    'dasar monyet', 'dasar setan', 'dungu', 'gblk', 'goblog', 'goblok',
	    'himar', 'idiot', 'jancok', 'jancuk', 'jembut',
	    'kampret', 'keparat', 'khinzir', 'kimak', 'kntl', 'kontol', 'laknat',
	    'lonte lu', 'mampus lo', 'mampus lu', 'matamu', 'memek', 'monyet lo',
	    'monyet lu', 'ndasmu', 'ngentot', 'ngntt', 'otak udang', 'pantek',
	    'peler', 'pepek', 'perek', 'pukimak', 'sampah masyarakat kalian',
	    'sundal', 'tai lo', 'tai lu', 'tolol']) as word
	union all
	select 'emergency', unnest(array[
	    'ada bom', 'ada ledakan', 'ada orang mau bunuh diri',
	    'ada orang pingsan', 'ada yang kesetrum', 'ada yang tenggelam',
	    'ada yang terjebak', 'ambulan segera', 'ambulans segera',
	    'anak hanyut', 'anak hilang', 'anak jatuh ke kali',
	    'anak jatuh ke sungai', 'anak kesetrum', 'anak tenggelam',
	    'ancaman bom', 'api membesar', 'api sudah membesar',
	    'bayi dibuang', 'butuh ambulan', 'butuh ambulance',
	    'butuh ambulans', 'butuh damkar', 'butuh pemadam', 'darurat 112',
	    'gas bocor', 'gudang terbakar', 'jembatan ambruk',
	    'kami terjebak', 'kebakaran besar', 'kebakaran hebat',
	    'kebakaran rumah', 'kebakaran sekarang', 'kebocoran gas',
	    'kecelakaan ada korban', 'kecelakaan maut', 'korban meninggal',
	    'korban tabrakan', 'korban tertimpa', 'lagi kebakaran',
	    'masih terjebak', 'mau bunuh diri', 'mobil jatuh ke kali',
	    'mobil terbakar', 'motor terbakar', 'orang bunuh diri',
	    'orang hanyut', 'orang jatuh ke kali', 'orang jatuh ke sungai',
	    'orang kesetrum', 'orang tenggelam', 'orang tersetrum',
	    'orang tertabrak', 'orang tertimpa', 'panggil ambulans',
	    'panggil damkar', 'panggil pemadam', 'pasar terbakar',
	    'penemuan mayat', 'penemuan jenazah', 'roboh menimpa',
	    'rumah kebakaran', 'rumah terbakar', 'sedang kebakaran',
	    'sedang tawuran', 'serangan jantung', 'tabrakan ada korban',
	    'tabrakan beruntun', 'tabrakan korban', 'tabung gas meledak',
	    'tawuran sekarang', 'terjadi kebakaran', 'terjadi ledakan',
	    'terjebak api', 'terjebak di lift', 'terjebak kebakaran',
	    'tersengat listrik', 'tertabrak kereta', 'tidak sadarkan diri',
	    'tolong ada kebakaran', 'tolong kebakaran', 'trafo meledak',
	    'warga hanyut', 'warga kesetrum', 'warga tenggelam'])
) w (kind, word)
cross join lateral (
	select crm.text_bare(crm.text_plain(w.word)) as bare) b
on conflict (bare) do nothing;
