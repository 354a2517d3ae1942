import module$1, { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { createHash, createHmac, createSecretKey, hash, randomBytes } from "node:crypto";
import { endianness } from "node:os";
import * as zlib from "node:zlib";
import { constants, crc32, inflateSync } from "node:zlib";
import { closeSync, constants as constants$1, fstatSync, openSync, readSync } from "node:fs";
import path, { join as join$2 } from "node:path";
import { Readable } from "node:stream";
// \0rolldown/runtime.js
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __esmMin = (fn, res, err) => () => {
	if (err) throw err[0];
	try {
		return fn && (res = fn(fn = 0)), res;
	} catch (e) {
		throw err = [e], e;
	}
};
var __commonJSMin = (cb, mod) => () => (mod || (cb((mod = { exports: {} }).exports, mod, mod.exports), cb = null), mod.exports);
var __exportAll = (all, flags) => {
	let target = Object.setPrototypeOf({}, null);
	for (var name in all) __defProp(target, name, {
		get: all[name],
		enumerable: true
	});
	if (!(flags & 1)) __defProp(target, Symbol.toStringTag, { value: "Module" });
	return flags & 2 ? target : Object.preventExtensions(target);
};
var __copyProps = (to, from, except, desc) => {
	if (from && typeof from === "object" || typeof from === "function") for (var keys = __getOwnPropNames(from), i = 0, n = keys.length, key; i < n; i++) {
		key = keys[i];
		if (!__hasOwnProp.call(to, key) && key !== except) __defProp(to, key, {
			get: ((k) => from[k]).bind(null, key),
			enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable
		});
	}
	return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(isNodeMode || !mod || !mod.__esModule || !__hasOwnProp.call(mod, "default") ? __defProp(target, "default", {
	value: mod,
	enumerable: true
}) : target, mod));
var __require = (() => createRequire(import.meta.url))();
// src/detect/canary.ts
function awsAccount(id) {
	if (!/^(?:AKIA|ASIA)[A-Z2-7]{16}$/.test(id)) return void 0;
	let bits = 0n;
	for (const char of id.slice(4)) bits = bits << 5n | BigInt(BASE32.indexOf(char));
	return String(bits >> 39n & 1099511627775n).padStart(12, "0");
}
function isCanary(value, more) {
	const account = awsAccount(value);
	return account !== void 0 && (CANARY_ACCOUNTS.has(account) || more.has(account));
}
var CANARY_ACCOUNTS, BASE32;
var init_canary = __esmMin((() => {
	CANARY_ACCOUNTS = new Set("052310077262 171436882533 266735846894 534261010715 595918472158 717712589309 730335385048 819147034852 992382622183 044858866125 251535659677 344043088457 351906852752 390477818340 426127672474 427150556519 439872796651 445142720921 465867158099 637958123769 693412236332 732624840810 735421457923 959235150393 982842642351".split(" "));
	BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
}));
// src/detect/key-name.ts
function wordsOf$1(name) {
	return name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/([A-Z])([A-Z][a-z])/g, "$1 $2").toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== "");
}
function isGlued(before, word, behind) {
	const first = word.charAt(0);
	const last = word.charAt(word.length - 1);
	const ahead = before.at(-1) ?? "";
	const after = behind.charAt(0);
	const startsCamel = /[A-Z]/.test(first) && /[a-z0-9]/.test(ahead) && word !== word.toUpperCase();
	const broken = /[a-z]/.test(ahead) && /^[a-z]+[A-Z]/.test(word);
	const stem = word.length === 3 && STEM.test(before);
	if (LETTER.test(ahead) && !startsCamel && !stem && (word.length < 5 || broken)) return true;
	if (!LETTER.test(after) || /^s(?![a-z])/.test(behind)) return false;
	return !(/[A-Z]/.test(after) && /[a-z]/.test(last));
}
function namesSecret(bytes, start, end, from, to) {
	let hash = from - start + (to - from) * 64;
	for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], 16777619);
	const slot = (hash ^ hash >>> 15) & said.length - 1;
	const known = said[slot];
	if (known !== void 0 && isSame(known, bytes, start, end, from, to)) return known.answer;
	const name = Uint8Array.from(bytes.subarray(start, end));
	const text = String.fromCharCode(...name);
	const answer = judgeName(text.slice(0, from - start), text.slice(from - start, to - start), text.slice(to - start));
	said[slot] = {
		name,
		from: from - start,
		to: to - start,
		answer
	};
	return answer;
}
function isSame(known, bytes, start, end, from, to) {
	const { name } = known;
	if (name.length !== end - start || known.from !== from - start || known.to !== to - start) return false;
	for (let i = 0; i < name.length; i++) if (name[i] !== bytes[start + i]) return false;
	return true;
}
function judgeName(before, word, behind) {
	if (isGlued(before, word, behind) || /(?:^|[^a-z])sto$/i.test(before)) return false;
	if (word.toLowerCase() === "secret" && /^_?text$/i.test(behind)) return true;
	if (word.toLowerCase() === "pass" && LETTER.test(behind)) return false;
	if (wordsOf$1(behind).some((one) => NOT_BEHIND.has(one) || /^(?:sha|md)\d+$/.test(one))) return false;
	if (/public[_-]?key/i.test(before + word) && !/private|secret/i.test(before)) return false;
	if (/\.(?!(?:value|secret|token|key|pass|password|data|sid|session)$)/i.test(behind)) return false;
	const words = wordsOf$1(before);
	const last = words.at(-1);
	if (last === void 0) return true;
	if (NOT_BEFORE.has(last) || words.some((one) => one === "encrypted" || one === "sealed" || one === "hashed")) return false;
	switch (word.toLowerCase()) {
		case "key": return !LOOKED_UP$1.test(last) && !(words.includes("public") && !words.includes("private"));
		case "pass": return !ORDINAL.test(last);
		case "token": return last !== "verification" || words.at(-2) !== "request";
		default: return true;
	}
}
function isInsideWord(bytes, at, length) {
	if (length < 5 && isLetter$3(bytes[at - 1])) {
		if (((bytes[at] ?? 0) >= 97 || isCapital(bytes[at - 1])) && !followsStem(bytes, at, length)) return true;
	}
	const after = bytes[at + length];
	if (!isLetter$3(after)) return false;
	if ((after ?? 0) >= 97) return after !== 115 || isSmall$1(bytes[at + length + 1]);
	return !isSmall$1(bytes[at + length - 1]);
}
function followsStem(bytes, at, length) {
	if (length !== 3 || !LAST_OF_STEM.has((bytes[at - 1] ?? 0) | 32)) return false;
	let before = "";
	for (let from = Math.max(0, at - 10); from < at; from++) before += String.fromCharCode(bytes[from] ?? 0);
	return STEM.test(before);
}
function isLetter$3(byte) {
	return isSmall$1(byte) || isCapital(byte);
}
function isSmall$1(byte) {
	return byte !== void 0 && byte >= 97 && byte <= 122;
}
function isCapital(byte) {
	return byte !== void 0 && byte >= 65 && byte <= 90;
}
var NOT_BEHIND, NOT_BEFORE, LOOKED_UP$1, ORDINAL, LETTER, STEMS, STEM, LAST_OF_STEM, GLUE, said;
var init_key_name = __esmMin((() => {
	NOT_BEHIND = new Set("type types name names id ids url urls uri uris path paths dir file files filename folder length len size count limit max min expiry expires expiration expired ttl age lifetime timeout time date at regex regexp pattern rule rules policy field fields input label placeholder prompt hint ref refs index idx header headers param params parameter format version class classes error errors err message msg title text description desc hash hashed hasher digest checksum fingerprint sha md5 salt algorithm alg alias prefix suffix column table property properties provider store storage manager service handler helper factory builder generator validator reset forgot required enabled disabled valid invalid visible hidden show strength score usage uses source endpoint callback function fn method mode kind scope scopes status state options option opts config settings list map set count number num code codes string strings arg args argument arguments server servers ring chain event action link page form dialog button view icon template schema spec model interface enum const attr attribute location position env var variable char chars begin start end attempts tries verification confirmed confirmation confirm match matches mismatch changed change updated update created create delete deleted remove grant grants exchange request response bound kid arn accessor accessors identifier identifiers pair pairs press down up code binding bindings board stroke strokes sender word words frame frames auth authentication flow kit sdk considered contains icontains exact iexact startswith istartswith endswith iendswith isnull gte lte".split(" "));
	NOT_BEFORE = new Set("public pub publishable page next prev previous continuation continue cursor sort primary foreign partition range hash cache idempotency translation i18n intl locale lookup map object dict hot shortcut unique composite row column sync last no not non has is show hide forgot reset change new old missing invalid bad wrong expected without bypass compare check validate is has min max num total json xml lexer parse parser css syntax design eof csrf xsrf csrfmiddleware project release spreadsheet sheet document recv send import export fetch gpg pgp group order dedup dedupe registry tree node trie react ssh_host host_rsa known request action result output input encrypted crypted casa sealed authenticity gtm".split(" "));
	LOOKED_UP$1 = /^(?:contact|company|resource|entity|parent|child|part|blob|file|widget|question|start|end|definition|process|form|storage)$/;
	ORDINAL = /^(?:first|second|third|two|one|single|multi|dual|final|render|shadow|blur|depth)$/;
	LETTER = /[A-Za-z]/;
	STEMS = [
		"secret",
		"access",
		"private",
		"auth",
		"master",
		"signing",
		"encryption",
		"encrypt",
		"account",
		"aes",
		"cipher",
		"session",
		"token",
		"shared",
		"hmac"
	];
	STEM = new RegExp(`(?:${STEMS.join("|")})$`, "i");
	LAST_OF_STEM = new Set(STEMS.map((stem) => stem.charCodeAt(stem.length - 1)));
	GLUE = [...LAST_OF_STEM].reduce((bits, letter) => bits | 1 << letter - 97, 0);
	said = Array.from({ length: 4096 }, () => void 0);
}));
// src/detect/randomness-table.ts
var TRIGRAMS, CAPITALS;
var init_randomness_table = __esmMin((() => {
	TRIGRAMS = [
		"KUPVTdPbNbNadTXZOXVZegXjcfQsTRYiQfmfQpeEqYPxSaUpbtnpguaiQkOlKkbMUsJhnhdrSfmJm0jlXyalOcXJJaagPcWYZe",
		"RaRZTfeXi_SqUWUYRbLZMPPldNaTZbTSTSWfgYa_PnPMXeISffTihhpWYhQUfJgplemtRiLTdfEkUhSmmdUSYiXZQakkZdYcle",
		"FSXeQgT1SodZeWXnMXWWjYOcjoesJegdRjQmWmmJbIgnTTcRnqpop6ajEQU1XhUfSpighdOhTaZXdSf-Ple9HcdbGfVaRmbccj",
		"YWUZTbXqm_X_daYcYbRaXjJvZIafYUfaPSLedwczeUWYbbDhUfRrhabkTPheNZkjkyuojVTUOJWlMnOndgkQYgoiMRbag1UrhQ",
		"HLVezWNjUxZRaXpOUSWUZqYdf7fdQhZhPdfQMpecjdZHkVLOfqo_m_gTSWTTIYQdYepYhbg8LWNRRmVcZbatKZWTOvOmRsVdeZ",
		"gigNNNoqeyLxvbTgTcJdXSUlReafXbkcIManosQpcXQjRkGgqSI0sinpQipcaQSon1Y0bcmoZQQhSbg_mHocmndYPFhuoghycy",
		"JSdhHkQsIso_kgSsShgZi__si_blLSTaUdcYSifWORKXYZNUefbhmmVPVVRWKSmZOhUSeZYWcSPWbZX_fdgJNMRhRaOaQrdOUT",
		"RTjXOTghavvrUQWKZzPZYtOckbdYQgPcbkWyafHVVsKUVXMUZWe_vb_rXldlkiarrhigFUWWMRYUSbZenbYafO8KNQPbUt_TVl",
		"dYIRehZnSbdNgWugPTJYdqRbdjUcJPQTPUWZQXeUbeWcZYabZbQYWULyIbWUSaYYaWaUa5QZaZUcR_QjNfLmIQSTPVlhQbcpZv",
		"TkUUcVUwc4UZJlQVUTUPUUclhOdRieqGVUkekiWkVTSQSMSQSdTkkb2dU4ZSiSR3a3daHqSRWTdhVcSVdFaePYbUSYfgXYQebr",
		"VWTIWXYxWazsoYFfWebfnUajYWTnNijVYwOeuuyOfEbmUcdPnlnusndydgehA4i-jl-_-4Z6j2f1lrh_ambsMiXSHcTZGjdare",
		"hpXoZiVzajW4XjYtirC-mzOqlu_zMyZts0Y8owXti5RZZXUYQaGabScXKRaZWZYaYhhibnRcSXVXExWbrbsROrVXbZndZeYSif",
		"YcpIqnZ_nshNZdNXmJYQOffPhfolFSaVZdXgWbxXgYWTaJaPZgada_rpWWVXYXWzOeYRhc24HWQZJ1YdTah_GjqaJma_Olgrwh",
		"JmUuteZ2X_ftjdQYKXLacbUnijqmIbfmjKdcd3YceWMiWePseaVWfShcTpXGilZxYjKYXkqeebXHQiHrmTeR_qrcZKtmqxk_p_",
		"KKWYIuXxLSyctcaucpoYnUY0YcWqIcXibeTgYajbbXKJThReZdSzbjcWOPVRbUVpVMslPOkVNSUUsVRvbdTaPhZXWafYO_WZbR",
		"VRTaUGXge_qigMOkUWRWTlPKukqSOsVtiyrrSnMNVkRTTVUSakeWpjpcdkZjhggpbwhtDVHWNYVXZQPfvaXYWPhTOWUfXt3vYa",
		"TSNSXbYfdkhIaPsRlVQJamjvowaoQVISOXUfSZxRbaSlhcZgWgVmbiKWQeVcEficYjnWWtNgkfpnS_akSuRdMWQWKUaUNVVXSU",
		"VYbsZWeopdZ_LgWYSQTWfaTpiRSQVOeSHYfbabp_XQUXKVOTdfP-6V5aT6wjirQ6R6a_GgKSGcOWcnTekXbgUekUTbacTgbabn",
		"KgWeEdbfPsjfTfUZtVWbTikygtqUJWTQOMbhVnsRUQaReZUOnsqw_nQbRlZsVrexUxXyfrTtbeFojRWbHzr0MaTXIXVbRkjXXX",
		"WVjTNUYgcuf_gMFpvpNy__Kvjwv_JrkrimNuzoohpsJbWOMVgkU53UmjNKdyRbYXeZW9TjFVXbZaLYSUjeZfOa7kgPSr2_d5gm",
		"iolMgogyx7_OJFYT7ShxUYv____wKyVqP2jsT_1ZedZU9IUPMeefe_RZEeLbaeVkg1VeWeeoPWVkQ1ffb2V_aghnD9h_I_7fc5",
		"Pqd0vairo_T__kQbUjPajYT-1ghncTdYEQdhg3beSSVbXeOaeeFqhXbbLZfWQVUgidZlaShYcrWihqX_sTNZ-g_GIMc_o_esem",
		"JVXbEbd0S310fxdQtssvqzf3z3USKXSTYiblQKWdbTKdyYNXafSjf6hlbUPoYcddfRtmOocVSnjFXUdVbzQbDWNWYxWdWf0idZ",
		"WYpaZelXiphddPMVaqJaWkKqaRaUNqmsgwpSWlNWjjPUTUPUYWb_nimmt8hhglk__wknDYRXQSRNXZWeTVTYUVqMMXZaUi7hOg",
		"fRYbZgg_criYaUnWgOWDbfVoWqXgLXTWPXcpOmbTdiNmeQiXNZg8N9NiKYZbZcaJWdjUh8HekZZhT_fdVlQjPYSXKWdaKrhRZd",
		"XYjLTWaWh_cvTQaXNRXMhgfioQaQYRfJPVhViQzxdURVbWSag1J_jNjXNfgQdhMjjhi_KdYcbhEkbaVl2PZhZsWMaeTSf4b0Zo",
		"KsZcFjcgRbVtYwOcaYfWWgW3fkjUMhRYZQVujsqpYJTdoMKPaYunqkhyOeWsRZbxayYycrRuUpHpJVO1UzU0GcdkGrckM2cbap",
		"fcbqUth1h8f6aaT1kjC4t8M_kc7-P2V6okjnflY_khKgcyJUjmG-qbhzLmm3bebim_g_jvHcefOiU3YhngbsJnZzMfMvn_d9dY",
		"aWIgVYbxgxnbLNoQoTYSTgKr_xmfH4ciVieyW_qSg8JlmGecZmh_qqYjITOUMUZmTfkaXmdiLWXcQgeiWXaqJ6etF5g_Q_o3hq",
		"KocfelTXg_b_lcOZQfNeZQOnbVcUUUgaYISeX5VpdSOdueM1rKS_lbZkNxiPVtUjfrI_ijXeO2boohX_nEWSmPjNOebvl_f_n_",
		"EbYnO5ijI_nne5T5jff2m6h_n_P0MaYtSYWgIjffifHryNWaWVjz0kVlUYUObTwqOVtTVRMRZRYKcZcwbzVQQVHXUcnYW_jWXK",
		"XYpWPVYlapjpjNMWUbKsUkKqtjpnMrasZxXLWmPiajRTSUSTs7g_thp8ihkpjmm_md_mCWPSQUPUbWSfcTSVTQeNNQQXWmrmZd",
		"ccSIjeZsX0VUNPlWhOPJefoqn_coIWVYVePTQzUUimSaWTPZLpexV_WdSmhYVcuWQuPPicKooWhFRop_i0adQUTVMWaaLlbZVX",
		"VTfTSSRYZnjtaKTVWNbXchbiWRXLiPYPWVmQgKkgUbJicfKTjnJ_wUsbOorSWTRsswn_VXJRXfJgkiKwoWQdSbjQbgWio_Tida",
		"HZbcIabjRhfXYdKgaabVakfjWgUoNheOkZOrelhYQGcdZZSPrP_k_tU_StmaIzw5Sn465hS1jTEZcva8dnzjSciUDiuvKneWvV",
		"VtmZUTijz-x8mmOlZRFUokLlnRljQTYgVbhlp_T_pXJPhiHgjkRskjjgKNriUkcdnqp_paQfNNReUibsmhfgUkneREWXsuoqpc",
		"YOZcaLdnimfbbPqH_NgeKYZr___kJgjpOq_ga_nNipHcoLXMcpt___kdWmUkViilcttYjmjoZgekBhkftipjNaTdNUYeRnhZWR",
		"VXtNMMdTdzV1dPffRiQepYW1medcPOmfIIRjk_atdTOaQYLYaQQihYYZSVlQQQRZXpSpnPWilRIoi_QqfcqKkThKNW7Zqm__XZ",
		"LseiCsw_M_prvgXiyfgeesv_r_fgMYTYOYbUJmgSgWOTtQQSobide_gOVgRqQnxgTzulmhgGvsaFu_mr1_kXWYSaSRZkTqubaV",
		"TRoYJYZaH_umaQRmdXIuqnPtVmsQHRdvVzdTndZlTXOVURVUtkdlnh_aq9fqfntuqw__CWLVPVRTZXRZeTSUTSfQORUXYpliUe",
		"bcHhdkhkNtUPXa_peaQdHcmmmmWiIUTXNUSZVacYchUkKcbhYkjcYdLwJXUZSXmTa7dRd1P2mnahq7f8T_GXPUSUNSjbV1wYYt",
		"erHaWdcuybYbJWRbQZTclndskbcZlcfDWNnrjbu_WYYagXDR_6Q__Ukkao4aLma_prj_SbQNUMJlYRSduTccLkZYUYfrqwnsTg",
		"WbcKUZviX1zsnvMtadohgivfE3XmbuPiKkJt2_sIqLxprTgd_tyQyxmwJQiMPkYqWrqVYkUUjiIhcUduePltNTTPHgWjRsojjf",
		"hUoZUiTrnyXJbbHt4oOm89N_8r8uF25nxmSjolk__zIWnRNVnYSwuhdlLSupWIXrqxn0ohQZVWPcMab3rgcaHV5ZUVTpc8v2MR",
		"klbrrhpro_tUoTZhsBhkXuuku__pGSnWStbkY3sZqXNf0KZTZTwQo6UXVgVUcdgwDxRmvVzfNRVYachXgld8GtlhLmf_T_nhx0",
		"F5emmsh3tqk__lUbQWDjziV7hhZhVbjdZNana0Vk1TVkeyFbdUUVdZi0Ug9RTdVgTkPcUNlrg0gyytigfKkC7tqYUYtnq_ihlm",
		"HjXpLpVsLvtsoqSqlTTNiQRvrvUlLTWcRSbePIcbbYSbrYLXXscstzhVYURNZlUoLsrklliPMJgPqtquZxOYQcNXTSaxKeXadP",
		"QUYTRWXeW8hhbLQSPQLnWfOloekiKminPslSVSPVffSTTUVU7mfu_ion-knog88emwq_CbMTOUSRYLUnhXRXWTjSPQYctmnxQ8",
		"TaPWRvTcRcWYVKnagVQMSiYhOeP7PRLdMXPZRcTYZiUhfYVWPkSdXhOWKRUaScYSMiRZUhIdeeVdVkbdWqXXOYQaJXecO2XaUu",
		"VrIXWYUbbYYZXkfdbUXakhZgkWZMZdeQPEibgUr_fRVUlmMVnQJfcUYUJdbOlsQ65hiZWtNUbkFnTeP5iPaiZj2MXchki7bibr",
		"SWclQhlhVslPqlXcdcVDZkX_0khQPcQYWWcvbvobVFZsViNLYb_yimkpJLYrRKWbZfbfweUYeTKoimj0ayXzLaiZDjdaNeVZXi",
		"jkrjclZuq1ozaeWZZvJdttMnYns-FfYaXbWel_XpZVLfhhC1ZdafiWinReo1lduiib0eWuIjfeMcdgQnZjMjHevhYhYkvnr_pT",
		"VThabgRTOmhUmPQMeIYOeUo37qkXKTeuboOhho5Y2oVb_NsgEko-1kifQXZZSUJNWhuWTZvdLWRbNbthdvW5Fbp1JpdsT_nrz2",
		"IohqwnXohkj_diUlPbOULTPmhQYePUjdWMbZa2amXNSPX0TbmDWq9ph2XmdUXdYhb_P_1XKqqoYnfjOssPJSXd_HXfol__f_k_",
		"HVsxMYWSKYT0wyXyYtcgVggcM4SfQRXYQgJONuXWQaRbbXSPdYYxb5VjRITWUVYYNcYTWWRPcWaRccWcVYVZOaYZMSLePcSSXY",
		"UQXYTZWWY6aaQTSRUZNTUQHYcbSZTbXYWcZUbXWZToKNTZVYXUVdfYSbVZUaYfVdUgUZIaNURRRPZYSiSTVWVPiTPPTXYzboVc",
		"YXWTeiTwSuYTdGmWdMLXXTk0isWcKbVkQkNVOfdZkkOyPdPxNlSlRlftIyXlZyTMZghRWiH1WYaca6ccV-WvLfiaLWgcQ1wosu",
		"XfFRQqVjebakikKjLPalsnZsfRMNjoiMRchboZj2tQMQnVUVgsJg0RySO0XNmlKzXzc6gnOdeZMoMTPwxNScemtRPWduWcbfRM",
		"JbSSLssIagwfXtKqrabTkvtXf0ZjUiTVVTNsslkLYIiRlZLQ_W_8n1giMIabRnlTWVVRbnRplVLXWXRxUvowNnhLFjcmRurZZh",
		"RVqiUlUZq0XyXdQdgdLvdzFVyhk1MWYxdlYX2_P-1pJqhwFnd5Q8oVWZRk6RUZc3nid_eaIfbXNjSvN1YfqeHp3VWZTnX7agca",
		"idiKudi_ZqkSaTLR_MMMOfSxx__tFxueRfVhXjfRx0Om7JYfSw34v_tRVpdcWkLtKvvKXuiyKWTcPvYXhcX5UgvwG1j9Nlzduw",
		"FidsaZUhf_snkVQzQiOtmUM6wUYeRTdxZJOVZzP_WcSgejTjebWancHbVhdXTGn9doR_4VTGtwZQd9d_baUG2W_XTZlc_9l_Zh",
		"DqrYQeizU20PvwcYseYuQya2yVZSJSnfQnHTMtucRgRovVcZcwggxWfiQWbaZZunGsqUZlUSLQgRqtpagaPYSXkOXsawS7eeXb",
		"VLgWQZegF85kcTNhjpOqLKVZrhnJNplqfvooYkQhViNbMUXjUgt0hgXZQSWZQRv2Ze11HSOWOPRUXYPlYTPWXNjRNSXhbl7lWc",
		"QNWVPSTbRaYLQPieTUQRZYfiaadfTaXaQdifNdZKbbXcYPVmGgdkbtWWHcXcMhjYPpRabeSgcURMdkcrVkeQLVWSGedeSicTjb",
		"aYiUVQbZjbilaPZWZOhacdXknOlLmhaKIcrZNjjvicTngjRQloE_mkkZPllcaSfxq_L_wUQUYeVUYKManffHdgjSdfOhnomhjb",
		"JTUWPbsbMMboaUOqWQlVdbYfnRqjJMRTaVTXI_mbcQfZUWUZmsby_rvWNhaVMaUsLbRutSPpaaJafiTwWunvWidlBfddSeihcc",
		"YhdYafZ2y9f7ymUibJGfnlOoqPf1UmejSQYij_Z_nWLhmTHgfgKkjiUmdJcfciXkljllgiOiVPPSHhQnYZkccZrkQLbVr1kwoX",
		"nljikuuyx7_klAziwakndqp7___lTYXdNXvSUjkQaiXRwZSGbOgon_gSMXVjORceGgejajZrRffgKfj5Thc_UvYcDijmX_akdg",
		"MckXMWjlamhomdSaRYPYjUOadcXYTQmZOHaaf_psfUUhVcIchLLolaafPd1ZSUamgrOojVgfdXcng3IieVIQwiVUIXX09ie7v4",
		"L78_Cet_O_kqvvdk9gk_fo__o_xeKOYZOgVPLmaZYWNhoYSVZqZpQxYbXjWaFbg0N54bYcVZ3XZMSnent-RNNZPUMiZnLymQOW",
		"WSXiadOpPywraWHq7_C_96W__sw8b_8_o___s7sas5Nhglpnmmb_o7soo7ks66g__L__CfRSPNRVaVXbeURYUSeOOPVRWs2uVZ",
		"FiTdWzabK3YfTU8aZWUdhNagZgokJaPYPTRqPcqaeOTtdZircZZfiZJoHpbUVpUZXxbdWrRWIYbXacWSS1VmOTSbPVKZSrldVj",
		"ZgIUbVUZZsYwdZrtAhfgu9n_hsmXiz2eXb9onw3ruxXQhEVZrlMxuasjRtVUfVUWathaZgWRaIPkRZHttejcgjqbTVfqccYYTa",
		"IQdONjWkTpmfUSNhhRcUaljqQSgaKVZcfUZVZ-iYXQcTOTRI1oeY9drPLNURLhenYRnonhQjfRKeZdTqQpiVNSUVLbdfQnjMQa",
		"QcjRUdVmjtVWWOSdRQMgVRLsjTjmRegiYOVdnyNNmbJOVUMjhnOqobXfNSoVQgNlkrhWibEkYSRdMZavjPkeVjWlVSYhr0Vvsc",
		"PJhaZviUF0tomQgl_NShbuk0W__xSSjQHqLha0pWQqTbxSOUbmUuY3jgXXZQRdWnGopWmUqrOVRaMpXXapVzHoaXTmKuL3lYgi",
		"WUcecUhlY4N8WfcceIikije_4obmGe9dkglokHt_8RXogDVmscUyvYkoSicUcfhrOzW2SeSePXbmmhV-XPPJvh3YGVdz8126u3",
		"DpOvPvhyW1ZxuvhWrqpsVxy1x1QMPccqVnfeTtLqngbovfRDsxrwh4miSQVQTeohVmkTTfcMkKaMkmjnZqNRPbCoYnWsd3rijR",
		"aXcnfircQc1wfdHeflKmifVkndjhMVNmOVkkeRZdeeTPMTabUmUrtnOYSYLpmmSusbttIXSWPVVWXaUeUXWXXUiTNLYbaTmeNN",
		"RZJVgpGgLdbRcXpffTVbgpe3mjlsOPTTYpbfLhqPfbItVOirPyqYRygoMmbwaymTXefOiWE1gdObT6bgX_cvOUYbJOdxJ1fnit",
		"KqdWlVWuZ2bchjbYcPUcepfkpZcLffgNaNnbdgFtobQrsuak2wP85E3QQ4uUcpLhb4s_arPQYXOecbWj0VeQQhfEYebxc2tyYX",
		"KbggOdbhWdbSabOgsIXLSWd1ZdblVfeXLgYftktWSFgMiYZN_jjeuyi_NgFmNljrOsrssZTnkZLjdhTvYtmuMSTbEijWOuVkkQ",
		"ijqhVbUspzmypcPaclHexxIbwfYzLrUvlfUqe_Q8zoFcbhLiheNi1ajbIeivfhTxxihauoNlhjPhZ1T7vvwkChmxifTti_immo",
		"UObOzWjZfxWVYLYJ_MYhPPZxkk-jJyvqR1xZX_TRyjHn8Hbgcxk5w_urHZflVYYoQZdeSTrtKjVcJqdXlZj1PhqrCvb3Xduupr",
		"SwfndeSuc_b_2oXgQeNkgXNoXVnWTKfjcJSdafY_QSMumsSsyRM41rqeLp3HilXxVbMctfdbfrToo4kgeSTJxE5RPXXd-44dx6",
		"GXnPJtfvLzwvrtftUQnqRuwzuzYoHZlNMkZaKqrmkdTlsORcptdtu1jfXdVeSdngNljcdTbIjeZKjmimZPMRSVbeOnlra2qaiI",
		"aSunFhbtabbfXYRfhnMoTgNmpfXjOnjoOXmmgFbfggKSTdQdopnuvpbHbqXroppTudvvHaNQOWOUlaPimTXYSP4PMSadbpm0bb",
		"lPRcitTmUwbfYOycoKLJWlkWQaqoCjjkU0emWsmbgZQciXo2W9Y9a-kzLnthbYkMZ8eRfYF3ZYchP8YZXodgSZTXFZhdPpgaaW",
		"TWbROZcZjkq_zPPdPPVXWfYugZNOYYiNMOfVbVmsiRSgUdYejQM-7O5wKggNZaT6d6u_VIXcoSKsfmck1UfjDqxSSdWyckakvn",
		"NjjXMwwxH20YoxOuvbWKozxgc4gMQXOOSYUsv_VtTKmcl3KNqY1rtQmfNabYMoYWeuWvuoMqmVGlUXgxQvbwRjYbFYbfM1TdWR",
		"pdwYQYZzcdY5wONMZYLbfYPjcbZgKYqYRXagitP_nQHnvsHxv1T43qhaHgfgdVfkz5w8wqHdgaGlVhe3dqsmLr5tXaSph8h3Yk",
		"LOKjplQ_o2lpoQSU3PQWakK_W3zpJ4UaMdZKVq6UpYQiqKYWc4b_3_bbFVQRWXUzP01iyj1hNVVVPjnhadt_VlqbCcd4d_euZs",
		"WhmnafKhlfd_iWXXNYJTbbR_fWfgSSobZKadghUmoMRkUaJYiXKoiaZdTXjSOYaYdjN_hPTmfPFnLre_fnNboa_TQRzloozn__",
		"Ne38B8omR__qikok4336m-m_-_f4FnggOnZXJdvgagNadVdftxrwh4mjPgXhOgOWYomMgheOmgcOmoSQbsMNQbQWRVWZO_XcVX",
		"VTbUMPa4bq_WZJQhLoNVlOMorhOlMpkqUvooYNdgThFZXiajccYY1cxvSvgQtcu2ajagGfOTNRTUYVVmWTSVRQdNQRYVY0-oVi",
		"eeWbgiRmPfWRiMeMdOTJgmiNZkibWyhWD3e4NvlT6tKpcfi5c_itZ_kpKcTVcZYOW5dTezGVXSdbclY6Z9WeHdsfKda1PchOvW",
		"dhcQQTZnhYt_SWaabQdcmkfonYPGUdpPMLldhivksWRpqXLicuLRfPXYMYZSMUR2a2q9eaEMYeLbYea22VskjdYWWcblW4vfwg",
		"HWZZJsRtTyvoXbOqPXeRjuSzn0bjYoOThlS_r_iSSHoejeLJi6oYwUmhPjmpQWSuUvuvZoVWRcFcVbPdUwSxKoRMHjUdMarmai",
		"kkWcUYkWR1ozeWLXWSNUgRMjdWTcQUWgRQaZc_a_fOGliiGok_Mri1suNpnkj5S-m_Zvk0NThRVZW2V7ggeMMadZNVQdV_g75K",
		"UcMGnkkfaXvijPbWqOaSUNjt_eorOoniXjodN0oHmoIgqOePUklbt_gfSdZYUUQXYrsgpetuHkTTIbStXeUbQvUdDtW1SfrceX",
		"WUWkdVTsU-kf0cRgRaNZRbS9jcZzSVedRIbYU1V_cLLYpcTwbaT84luiQGdNVfdmbmO_xbcobpdpcjh_iEPTnVlZNLckhf__fe",
		"EZudGbX2Vh3dhzcbZhths1dZXbXvObdrQbQUOuhqohOgXQSgtxVay5HONZbkTRPVbrVTTVhSOPRRTTPZfwRXRpTUQVYwa8WSST",
		"UQaTJVWgY86geJKgiSNpSXXYOgmXPoNpeuYnNXcQTgIkadkPWbPjdi0yyyUffxPTWZb3GiNPRQUQgYQddTPVWOcROSWXayk0Vr",
		"aSXemjVwa3iKHX4RgJZNdYm_j4zoJVUXPWZdRgePbkOdjNYkLqfiPqWlRkegIceOR2lRjjJf1TaLYmppUkqYPbWeHdfeL_qMbe",
		"QVfWQZaff2kukPWeMNWdWhbloTZRZcgJQTlTOQlrnTY3jfRlxxE_lQttH_tWp2V___nxg4WYTaKUkXMjdQXbWXkVNNSec1nklM",
		"FWdbGyhlR4lfqyPwlngQj0yfb6lpbfSYXOenemhgQJSaWiSIdiuewLh_QTpgJsfxWyxzysQuqfFpMRe1bzs0UjUeIlihN73UbJ",
		"WYiaMZp6a_i_aOUkhgQ36lG_6pm9Kir5nmc0-_Go9yMimyDf18W_9eszLf8fb1aqq_mq3pQommD0h_O_ovspIj_gkkU3o_h_wy",
		"fYcHccombpmgcOdS_MTKWeS_m_uPIerkU9iiU_fRP9Pu_KjeI5ren_2hRagUWgZeLrrbpqsuOkTVEresark2RdelBpd8V_ybtw",
		"WdbrdhQzi_fq7sTfUhKNvaLvodghVRzeaHTkY_d_pRPaZYIapWLzgXWbVbrOMXfejuUwTPTgo2Tmqre_vJEWmSraQZ_l_Y__lr",
		"FekhIkxfJ_lmt_Pjj6e9pj_ntpndLPUtNqiXGwxjSYUryKYivzuza7pgTQPSXiYlLqohOjgPNOeOSYnreYRWOXMYSTYbVeSVNS",
		"QX1TQNldW9mXwPPobZMwsPEvyOufSwbxe1vupbVeooSQMMghRsOeztvtuVYvWss0aZeVGYOVQVRRbXPgdUTSMSqPQRXVYmfmVb",
		"TnbFcdPYXUcWhbmipTVKSVb5ovjpJcdgRh2vTEnVqqYaoaPaYho_g_kYKgXjNkqZW_FakbQZrfWSQloqnoliZdTbEelvOlliUZ",
		"bexdVbMonlPxwZmdhahZlil33SRKvqWKHd0XwLh_voXXWjUGs4LebUffVZrSRPafj_i_ZLKUZaRaNdO8eSfSShmJSddkkkX7bT",
		"EIabSyyyU4lubUVkwXgVp0y5b6vpQYVLlre_t_8nXDnhiSTZ_z_5_XY-Wux0C0x5M6566ff2yhOxlvhot708atWdDY1hKjhifj",
		"ij7jOlQ-i_k_kXUgZPOfrhP_gKihLgkfUcMLi_a_qXRWZiRfggMknZJgXGjcVdghh1p_vRTbTUQPZdYkfVYRWYrYHMgYgvlojO",
		"XalWodbp4lGJWbjN_UUMkdl9l_sZWlaeHmpgU_tckgcaoZSFeho_VvxYPQcYTbXVMmZbklopJfQZHWloinfxSeXOOeRgQuReMb",
		"Wa1YSKcgdrPynOX_asJdiYH_indoYZumQHaqsyjsohKiXXJYnRO_oWXaNWsVTTajkkTolN4ZaYnqX_l_qU0I_P_JQH_qs_0_hs",
		"S5m_Bly_L_____e_7ch9n_q___ocVYXYKYcaRjgYaIUXtULXWjdxjokNWyRZVak0M53QnyaZngXc36dnEogPTpbjIdijWdVmFh",
		"aVzrShaymVdzuRRmoZLuqWLtvlrXHdpvRzdsLoiUmSGVRddYopnuwqsqrqbsbppxvewvEaPROORTYWRbjUTUUUjQPQObXbglWg",
		"gbLXtrV3U3nZqUqnfFTKazczWuu_JQUZOYQiRgSYXwMxpQmvW2u1M2VsPhhvfa0UZlkSYRDhwVZYd6YbY-WfBevtQYr5X93pz1",
		"gyYmcnZrrfj_vhQdMQVcftcrhWgLWWeGPZviqh_4eTQmnZSbxrH3zVfOJzpPbkMzyTn6YmbYYXOsfhe1QNcZeSxFlidWk3jzgM",
		"GxbZI1o2Ml5gj1ReRVXYgdo8S9zefhNWSeZii_jHdJXNmRYVle_V_ecVROhQOjOpaqpqPjWOiTHhbWctdrksOgJnKmJpKyuool",
		"VcdfQonwg3qYtgHsmuHtz_L__wvzQr-_ipLyttR_vhIgVqKwe0OW1YksPZcZXtZyZWufRJKqYaPaNvh1boYZJN3bbZMnxgt1cS",
		"rghpwht2PxvSsLVW_GIZgea_yt_iQifcH_lhOq_LmhJr_NVcrduqcohVVYPYQbXkSmmWkZnZOORYFmknhmfxe_vqFsw_N___7n",
		"E30wkvmt_t5uoiZiReLZ1GU-YphSUWm1TMS1bkXmaUauhtShnUD_ihniQeoVSeWmrvRphVeKVbcgt_d_kNjUdYeQNFeg___k8i",
		"Pdw1Ofb4P754e2ZjxUwad34737CfJcccQYVMKqXZkVPkrNVWpZnttXUfekCaZWunVsqjkliSqlgSqtptgxSYXRYWQRSvRjveZb",
		"PXyQNNjaY74zbIPdKlKmRURkndjhKlhmbrkkUgZcLeXZXmbdbzW3lYZ0VXdQJey64bbXKGOVQXTOcXQXZSVRgPYPMPhVYxdlVi",
		"KYVYdfLOWJXQWVagaZbeblfsbmP0SJTWZsZOPcYYVXRbNRSTYaaeW1SqDzWXVzScWZZgUZXgWmVXX7W8SfTwOXSTUgVhPYWlYb",
		"WoLROZXsV0OROhTFWbTkLPbpfQQhetVfahYvakfeWsZLcwdfUaYjaeZmanEPbef6eRRfQtELTTSjUaW1aaZkdcbkUZfeg3VeXn",
		"GNQnQdXdYwVnXrXdKQjcitrYdyaZKcXbokJccr6UJclwIhonjmrefwV8MObcSoJYfYuvuoaqLWSlgbhQQYQxFmXiRhSTWJpYVa",
		"iichajisoYYxScWaVSbeVXGe1c1mYVIXcZmvd_hnaMLRPVRUJVSzxPSaXbYsUpkeYfafRkJUUWbhHWezXmoYcnWXZWjlvNQyQg",
		"PgKWrjObapiRJShN4UYdYiZoTzPlNVkfNrTSbRqXZrUUyJNVcnuZm4kLKbZgTHXUVSfQVVgZQUZgcUggVdV_IJehRtSfW-XfYa",
		"aZSRVOXSYYb_TmQJPeUsFXWbdXZghhbdcdhgdxc_TnKFQqUWgYRZcpfcWVUeYWbvY3c6UiMmsqDWdvK__ekoSr_owvo__oz_p_",
		"POpuKYPxUYyYtuguHQYsnUW0wYSqQMOQPZRSNWXdUXTZdTQXpdXaaeSfUMYTaaXGdbrklmjTXahTrubuZxIZNmHUXcMVWYaVRc",
		"YYYoXWdvX4WZNeOUUYPsQbLrQbUoQsRcQxRqTnSVQkGNSWaYRVYa3ibYifTZwifb2bcbKiTWMVPWSaPeeSWSYLiMPVYbacmfgq",
		"hYPWrdTsRslQMLrTfYcIZdUvOstmKaWfUYvhLrhTpdMgTWXjKpldMhalNrjiEwkMYxnXk_Kc7bfhZtohfnlaRcWXEdZcNcdcfl",
		"XXlaMXlcYqhjoRLiQQXPVjcfoVUQiPQZJSjWkdpwfUHkL1Xk9rQ__OiUI_0WfiPk9-y_dbJOgcIqkhT__Ysoad-SNfNYt_w_Qd",
		"JVrVJwwxM2zscwKuugUOTyw3Y4dnPQPVRYPluqniSJXOimUM0SwbtallRilbMnltPututnGpmSKRTSgchvowYgbUFMZhP9fXcf",
		"Za5XLbdknm2poORZVSPY5eI_hZkkLRaZQYiig_MfhRFcZVOZikMjpaZdSdiZTfbeS_9_VQFhXfQhYnNpicljNcoaQQbZgou_oT",
		"hWSblYXtnTeROSWK_KYROVRUckqgKiSaV84TXi7Sk8NuqEdbY4__j_iyVelbZTbfNdaSivxzLMcfOwujrwG6HonmJoooS_zrkj",
		"FkisflYlu_d_pVSgVhFcjTLvkcehPWvmbMaeg_czgRSaRVLZfULgdbXXTWiXMSaclrLwjTobJkSkhnetnKaF-ThfRZtjxtkxfi",
		"Km5-EhfgKki_9oS-6h48im____ThJtlmSieSJz1mdmRu1Ldlm3mX3-IoNjbVRjtPbUpiNkhPVTJPpspsfwROVUUZGXZaT_bXgX",
		"SP_XSVcef_ophKPfhnHokgOTXWljKnjodtmmPXMWggSdSbRecRYd1vVgwwwWcvX2XV1dEMISQUTSWXRjgVUVTUrTPPTYXsguVe",
		"TORVTOJbembSPSjbpQTQbVcxgqiVOsfcQyWTMfgRZdMkZUrzLdWoJkfwMqioWptIWttWi_I_aIifUiwtm_rYRjeiIhq4OnWihi",
		"EZdZlpc1Znb_hdWdOPWcZebklQWRbXZIPJdblXtvbVVojnOs_5Op_U_gCl2TdyR___bthmENPaPkeiVl6SXbXUlSbfbo28z4iT",
		"HbaiMfomN_cYahIjqRYXWngtj_oTbWXVjbMyv4rfRMIkxjVK_Ywi4OiiRnguXgZzjzy0ztOvrqBqcgf2m0t1WXSbKYoiGhggag",
		"VSpSQVbbl_U-hOJpbeQm5SHqleqqKpc3hbSe8_R_iTHbfgMfhjOgnccqKZ9eYKY6q_2nXVEkofNehqTmpzmiKpqhifNx7_h_fs",
		"hVNapWoqnwrJUJlS_LnfJih_p_pdHvlmJl_oa_iPrnHstPjqj___Y_mmctjtbjbxdyzCfl02bQklKzx0uzS9XiLcEZOqV_ygfw",
		"RmmndYQZmkr_fbOhXfKdbZGjfaZbRYgYZSQjd_b_mQIeXZOafaRpogcdOavITabliwSxpPaJUoNbYzSrlJOT_M_PVip_zv____",
		"JjXgMiEmVi_-imUq3dd519m_9_R3OuYcPhaTD01mjjPv2Qnlzjn34-SiNiNVNRhiTnijTPPY3cPPn6h6tegKgphpr1nqm_5gKC",
		"lit1Nmjjk__q5iOjUqKrnZOpsZUaMqmaWappKNMijjKaWWdnYca45ad0dUafyRh64i55ENPUOTTLcZQbdVUUSRnTRQWaVjqjQc",
		"YNQVegQpRxcObPlcyMRIcfranvqaLZXeQibaOfdQecKfeOdeNjfeOhWzPgjabnlEcjxTgvIZ9WXeW_mznzcWKifXFj5oK-4jhi",
		"PfzWceZi6_r_wTXeUMaaZgbefWPObYdIOYhZfOxvlRNkzhWrgoJ_lQiYI_1OZxOo-_z_MWXcriHulpP34JgmQWmIhdce0mxexp",
		"PcWcHakeOknaSbLZlOTVSfiud_ZSUhQbYUj1y5wZPNDcymdY_S_w1kjiXYqWRgcyYayzzWIucgEqYol2c0t1XjnqCdfjJ1xrih",
		"WqwbiriZw6t5djPljeJlp8H_7inpL14fNutn__MtnmHxk2Kdo_T__Iw3Mb_qlhR-9_n_qbGmpjNoe5V_mm0uH0_1bfMx7bf_9s",
		"bVVceXbeZfOcNVWNsFVVYff_pkpUJiVhUljZb_nShnQWpLUULhh_v_NQVojgVjWdMuXbdtUxUSZgDbbvpuS5Htn-Jwx_I__osu",
		"Qm4smrN0xqQyxvVZPZMUiYOjfZYWQQhWXKTbakX_fON_qzIoqZN_wT8qQM0MVhf_n_M_-sSYlcgek_buyqhS_N_DLU_e_r__bo",
		"ChciL5r8O_9jh5V510z3j78_7_ThOuvgLuUUK12xjnFv2Qfe04n44_SqRlVQQPvoctXklXjSbUWFqtqugxNSahUcighidsgQga",
		"gCodYbvkjwo_oSMjTqGsnWOqtjTnPNmXPxbqkTfijURgXXntmmmm_kdq656f344hqXq-BTMUOTSSYYQegSTUTRfQNQWXYuunWg",
		"WdmUdhMoXsYEiW_jdQbLioj2g_ddTVSYTbekTWiISfeWfYJSYf4pdfmLVoN2O4dQa_UmlVTsosZDg_o_hog1afciFQUlH71nZo",
		"PWisrvr0klv_aaYTXUYcejYegZeRcdZKFVQhhitlgRaOqcdBs3co_Y-rhsligwm_d_z_YmQXfiZeNMEljUUldiibbibgilcldX",
		"LRUWMWTcXTsbTPVbUVVSXcYYWxNaWkXOc1cqs_wFxMlnmIYP_Y_8_15kPcfiISfnIWnpoSUkgVMfUdarbpVqMcaYHUWTSVqYcS",
		"WjqRWbYMpRYypcQwuUHc0hXrcLqagnlhhGjns_ow_aWJaWGcl_XomfPLbU_gVcaZi_wwjWSbJLXddeMiQabQZYnWQNblbygawb",
		"XUggyrczbwpkZVoh_VZCNqmw0f8tdZZGQdSgXqrKgiZLodSUimgolshULiSjTYObZopdbnPrKTZXIXbpapXzOfKrHhg_PvrMyO",
		"hdsQVgid__n_vbRjWkFhoRQnnZfkgX_eTJchrrfzpSSbXcIVdJL0iZdiNP0fTXdem_ltpUZiZnNkXgE90cgKuf2VQZXy7ZcZt2",
		"NqrwEbjZT30zVfYZsbYuRTP3y3ZPLeOhMTNZPkmhWXNfmWRWUoXnQvdZfWNUSUuoOsrTlmZQqlTIXtqugxNLPSYkNjVoSzneWE",
		"fTrjVebqWzxsXZOhYoMYlYNorPSYORkqUuYnhUPNPhNYllUmjxv24y0QzyZfjjx53P33CfZcJTTVegSklQTSeTpPNbehMiXNaw",
		"Zfbqj9f_XtoClWt3mLTQpzt-vwtgJdJoPeVqRcqPWWYblWirQyUSYfTnOSZXUXRKRycSVdItoeNZhydWZ2VnNRebHZTnOrleVj",
		"RhYXTgcNSsfxTaZfQQbbkhexmRaIcZtGSXginlktiQLPYVVYrVOwtOrjStiTRXOTTsV0MgNcNURMVqY4nWVZdT1SSRYf06y2dI",
		"PQWNNkkkUpngbkShPZcIbmkqWLhbUkOMLpTpp_gdlSS3tOIN_c_9_nnhSMfMMOfSZWopWNUkgSMfaVarcpirNhbeIcWfGokTfb",
		"QdkcVeRnkuhskXIgXTNjnnKvmVmpQRXSRPYgq1byYeLdZRMOZrMatgOjLWsUdQgppvZymUPlSISTKpWvjjkeJjalWTTha1nvtc",
		"tsNkfviaF0KOjVsZjRYaXidcb_nxMYSePYmha0YTnqUcxHdVbmtuY3jIZlgXUWipJqdVopdtEZZXTrpsmrkXYphTJnNvOTlmOj",
		"VodedLRQT4Z9dTbaJXMWdVSyUonaVWsobMgpYMXeaMSnSlQlrbVxYkjbFiwNROSqpyX1VRPikeJee0W9zFfTtW2TUWwa7ccVY2",
		"IUUSJQctRUuYpScqlUkUPYtwswamHQeWQdeUPklgeWRelVOVjXhNnTcZZQWLTfoiWmleONcNkUaLknkoarNPNdKgVfWkHvjSbT",
		"bPYXTajmavtSXVMSgLLnSfSloekiKmincsllfSaKffTVTXWY0fTfahZ2aPfYeX1hfgnhEMSaTTSOVUXnTbYgbOrMMTPQVlvXdy",
		"QUZYlgXfL8aPiU_ZkIPLfZikPoilRZIVXtZUNluWZbSxSRRvKjiXWjTiLiLiZviUZfhSVxFicWVYZ3Z4ajXsKZLcInsWOxrWnW",
		"QeXdXZYqtyXcjOUEdOSyjcUmvQaauzkLVqra5Vf_lxXeUtcidEO6SX1XU3sUpoM21Sq9iqETTUJhYfVeiWghgobYTZVwb1bxeX",
		"OnYxF0g1G64hh1Qyfqtbm317UobsZuZMkggvmvdSeLqmkfRD_1rvqcj_CjRqTpmvgZuwvdSrnmOmhlhyiwpxLmNiJUikMtVjaW",
		"hiogJjirbybxVVUaWjKggvEhvedyNgWgYddpy-T7yfMYSFObWcUjfPdsQfbidicYcZbYcoReVcJYXbV-RMeeNQiVOTZecfkhdO",
		"eegl-eXPUrkhhZWa_Ckpalo8__haLIXaQ0wrbfzTx0KmiKbSYwc4v_YhPMSUUPJYLopWmUqsShXbOpbqkpVzH3fxQqp9E_zbvp",
		"R2nsnqU0r_lk8uP1QeHgNRPofXbaSV3daNabo1ahkQQMZgSKaRT6etsxWRRMYQpef7P-vRQgUlUZQzY7xUYEsd0RTavS5az3Q0",
		"GaRsLXevPTwvrtWboaaqQuXQuTRoKOPXTZeTSfboXWYmbTbUfvJfZ2VPekNkTjambrZTkZTMpRJMZsZtPwNXReKQWgPlWwkbRS",
		"ROoXMbkYQQuokWOdOkJlheUknUjQKlgRbqkjLfZcQdKQOWSVTVWWXYcagaYYgabcbdbaIQSLQVUQeZLenUVUVQhMRSafUaixg8",
		"WWKUbYQfezdVJY5eeOVIhehwr4YtJVXYSXZYOirTUaOuZiTcJzrXSgSpW1eoH1oMepeGi3Moopwkb9i-e_bVPWUhHVftNxrjYX",
		"PXLUWecqTyYfWfreGHkjq5c88PVW0jyRPp5e2Ri_joZQWUVMgWQ30OQUP0pJeXXzazUgPmNVQiKfPVRopNTXcelOZSamlXiOXa",
		"ImXmKqqrTwumidZooSjLitTIlyohUXURYORok_4aMMeuftIL8u_0ctT5VNRmQPjTcWrWWLYnkVKiXYevfPPuRlUhJgZjDsojjf",
		"WhofWihrnylwnaSVVVJZvwF4ZXYyUpsuRTdZYbk7ymLaZoKcfxP0zEdpVaytjqmvg1sasmKqYdRVPvgfpUqkGp2qbXQmf6tVfN",
		"LabYyNUyripciSoI_GldYqmvi78sSxgwMrrtU__Si_Is_Egoo_r_-nocOQQTOdfQPooYlnprKRZXLXmpRohyXsZlEbZcV6oRjm",
		"YfKhUeepR7hccYVwXtQrgSG3YVabVMyeWLRakwS-ymWcVWHbefVijaTfVY_MSWLbg_b_WQOWWiTgTwb4vQbGpOxWSVbR2vw0Px",
		"KYYVFqctOwuZprWrmmlojStwsNPmMSXQMiaKLopaibPiXOVZnrlrsyZdbgThOgqjTomVgheOmWOOmplLNtLOLXNrNabTW6ugUh",
		"aWyUROWYcd4RiJQVOmGnjSSWoekiNmiSdSllfSbNffUPPOXTiiw_ss_l__wqm-mw_d_qEKPTPQVQWVVVdUOUVQeUORUSWX-iZg",
		"LLPLTUQWZccSTRfclRTYVlcoijh0MgbgKmifRhdSjzPjiTkzGnTnYjhwKPVPWQYPgmgQeoH7XVglfmo_bse1KYeeFrwxM1vnrf",
		"TibNmbZud2ccnkTeaTZifjqnjWbDgnTRdfqX5O3vkxTcjuVgkeGk4Y2TJ4uJqpO3g4rdkrMPGeJlhdXm3VblSszNnkZ0l5e1xp",
		"HoWfHgtuKzgpltLrrimekvc0ocZkRWXOPaWZjeheVDggZnWP9oq2puy6MdgjNjgoZpoqpjMlhPHgNeSscTWrUabRCmnpNgufok",
		"mntlbonwt3Y1cYVllcD0p4Kgpep7Jlb2tqae7_n_6vNGloHaohTh7VRkNj7lbli43li_dvKhEgTlUkhmonopR4omgMZpq_ougr",
		"XLcbZQihx2vfeQeH_QadIaZ26p_yS__7Bt_ja_xj_xYv_W5Uq_s____nOTaZIQhdVqqanpUtNbYZJqorOdY0NkpqCko3Pkttcj",
		"VvkfkjStkkl_1nahQnJZlbL_giceVYSccHacg4UkcVN1tzFz5QS_8bx1OwpTlsd4jlJiprUecfWllVh-ZcaLuN2KGSxdhdZ5u3",
		"CerwPwizL20zeecwserupazay2UsTjojcKoZR23hwZCx4Ulnlm0Y6_jrRgXhVgqjLQmfgQeOmMcOmNlpbWNTKNXRVfdjavjaVQ",
		"bLnfWajlKvQniVMaXrGbolTrtXXnKrntaxqqLXZXkXFOahhitQff0bxfvufVfbf1fd00HeNSNWTPaWQeaXTTSQiQPQXWVoq4Wf",
		"ZRZbZpckhmcdkjmdhbaBvmikiekUEVPbPYinPTnUcpTqWeUoZcnuXvWlJIZWXnTRMvZbppTqabiWevawUXQkJVKYKeWkOoiaVg",
		"QddUYVThWpctaWYYWHTXdaTdeUbUWVeIPXifkpopXSINdLRVnhOtqWofPpfWbRWpopUwPcLNSQPhVMQqqSgZXgZTaXUMnskpkc",
		"KHXaOoopWurkgoOmmYZURVovjwlKUdhnSqWl0hlPVJeEkeZilj_khdV2MdgPNjgpappqPLVlhRNWbJcsdrksONZcKbUeKmjUdZ",
		"bciaTUMliWRViVRlYXIncrDZraruTlopgdclu6g3ZiIRjgLUjYUsYPOhVUqlTiTUYUkwUeIZYQOdOpOvjikeVjxNVRPhZ0nusS",
		"amqB9jsk27nqmRgs_grwvkm6tp_3GWidPokfKynVloOavQbTOkrskXheRNXTVbQWKmnKZSoqSfTZOnZoiZTxGVaRIgaWPwefac",
		"ShSXWUbflxX2nZQNWnRdpUSxoonoefsdbDgpeqk4agJfXdMdjTLpmcbgRaTRTWYihqTtPQKPUeMbbrX0qLWRSSsLUSnWxrrvkt",
		"CjXpLpbsRvtsoqbqllknirsvrvZlGRjlSKaZUbqbiRUjOaVXYsmcszRdQkbkYktWKKqjkShSZJfRpaptfwMXSSGXcbXrS3fXSU",
		"aNTSPVfta30ZbTHYmsRtolWruJYoPsUtayrrbUUKlYKSWddepqOUwqtrrrYTYqbcvewwMFXORKVOfWRlmfOPWVqROWaThjumnS",
		"LSPTUWMQPegdhbmjdNddg6ellpJrRSPSPSfgPi2mefmehkulhhl9jnEnPSPOOQYbVinVjbahagbccrh_cnFeQQQQQPmia82ui0",
		"gyhogxtj4kw_EVLPPSSRWgWYfiZVjeZbijhdrbnlGdPPSPQOmmX_-d8pj9idvvhSmij_EVKNVOJXWXRdZYXZWcZZXfXvbbawST",
		"MNVPSZSPOVYbTYVVVaUWdcZZUWSYJaUQZfMhRdddbIZcSfZd0PhthfRyLSbTSoUYRutccRaqmPRlXHXxhvoUPUVhFgSjLroiiQ",
		"ghafYihanXkaTUJbqTHquuIcuduYSoQtjUZZgcjgxlLTPbNcouQddbUmRZTcOnJsZycdRiHRQRPiSXTfYnWXYoXYTPRUbbefWZ",
		"YWgUunRJQelgbOYKbTVOVRWswWZpGUreUbsbY7wOuxOi4IjOibb1s-bZJIcXOTRUMrsUpXtuRdjnSsqteeW2NqjcFdTaOWmUik",
		"RWwfaXRnV6baaZWtafFnWdP0qfpPUPgcZJdrgtUggiVZMqYqwgWczXogDmYegjlaW3TcahWdenXYl1Gg0XgKgg2Gdacy7c1ca2",
		"HkYqLqWtLwutpVOrYmlVRsZZswOmKKiaJZiYMopkiaVibPaUnrlbbyRdj2mlq1_4h9n02hzk72xjk-rkxsApMTPiPhYmPxTXXJ",
		"dPahZcZoQavSlUPZLULrPWNqtWWmRrashbqpQQVUPURSTSSSjtivlfjipirqheeusRooDQNXSWQbWTU4WQTVYVnSLXPgUb_cMf",
		"aUPOcZXjZghNbNmShPMRQabillUOLaadOcaoIomQjkNkiPhiMxlmTnRmMfedagqOajrNgmFhmNVdSgoogtWjOcdeFcnjKrfikc",
		"NljRZgWimiasThWcXWdZgjeppTRJheWORagOxHrpSgPdcdPcpmJ3rPicHmmOblQptroxPuUfblDnndPp2RgiWRmNhZXuupjeiu",
		"HjmeJqilPnggavLdibcKaiktZmYmZidPfXVqjxpgPGeXkiIUqjuwzrQoPlhmSgimVrmlpgMaigDWRmRro_kiRXUZFdeRQvcZUS",
		"RWgSVdYgZmVrZmLkhkLiriGssfmnIojffYZjrqmkb7HigdJokpLkheipKcrjViRmuiUpaqLgjiKjZrX1uihiEZxjccNjlnjxld",
		"YPWdeQehhyeYaImKuKbXQSXbvrhjIkikOoedUtbRehOhqGcgRknqlvbjSZWdWYbgTqjgcneXUfWZChaifkW_RolnCaXpZ2vmbj",
		"RlrmaXQpqrm2dkSlQiJrmQP_ZYYZRRZaaJPVdnWrkjPhgmKjqNQoqbhjLqyKPdYpdkNodmgkfejeknV1legFnKxQJRbe1qpkXk",
		"GdbhLlrqH_tjbgTmkdXeXjsmssOpLfmfIghOKvpubkMdgMWcipcmjtembbabgbliertYWeUYxkcjjlkfgxDJIsUbMlbfOngaYY",
		"IbjfidSgXnnaVUTiioQkqZUr_YkhCnnhTrgkjlhlXUfabQibpl1l-4l45pjj233_lR9jDIPSORRTTWQaaUSUUReQORVXWXia4x"
	].join("");
	CAPITALS = [
		.1002,
		.4534,
		.4177,
		.3108
	];
}));
// src/detect/randomness.ts
function alphabetOf(text) {
	let any = 0;
	let small = true;
	let capital = true;
	let hex = true;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		const sort = code < 128 ? SORTS[code] : SIGN$1;
		any |= sort;
		small &&= (sort & 35) !== 0;
		capital &&= (sort & 37) !== 0;
		hex &&= (sort & 39) !== 0;
	}
	if (any === DECIMAL) return 10;
	if (text.length > 0 && (small || capital)) return 16;
	if (text.length >= 16 && hex) return 22;
	const others = (any & SIGN$1) === 0 ? 0 : signsOf(text);
	const letters = ((any & SMALL) === 0 ? 0 : 26) + ((any & CAPITAL) === 0 ? 0 : 26);
	return Math.max(2, letters + ((any & DECIMAL) === 0 ? 0 : 10) + 2 * others);
}
function signsOf(text) {
	met.fill(0);
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code >= 128) return new Set(text.replace(/[0-9A-Za-z]/g, "")).size;
		if ((SORTS[code] & SIGN$1) !== 0) met[code >> 5] = met[code >> 5] | 1 << (code & 31);
	}
	let count = 0;
	for (const row of met) for (let bits = row; bits !== 0; bits &= bits - 1) count++;
	return count;
}
function randomBits(text) {
	if (text === lastText) return lastBits;
	const drawn = Math.log2(alphabetOf(text));
	let bits = 0;
	let before = OTHER;
	let last = OTHER;
	let kind = ELSE;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		const symbol = code < 128 ? SYMBOL[code] : OTHER;
		const now = code < 128 ? KIND$2[code] : ELSE;
		const table = COSTS[(before * SYMBOLS + last) * SYMBOLS + symbol];
		bits += table + KIND_COSTS[kind * 4 + now] - drawn;
		before = last;
		last = symbol;
		kind = now;
	}
	lastText = text;
	lastBits = bits;
	return bits;
}
function isHexDrawn(text) {
	return text.length >= 16 && /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text) && /[a-f]/i.test(text) && /\d/.test(text);
}
function isPaddedBase64(text) {
	return text.length % 4 === 0 && /^[A-Za-z0-9+/]{6,}={1,2}$/.test(text) && /[A-Z]/.test(text) && /[a-z]/.test(text);
}
function looksRandom(text) {
	const bits = randomBits(text);
	if (/^(?:[A-Z]?[a-z]+|[A-Z]+)$/.test(text)) return bits >= ENOUGH_LETTER_BITS;
	if (bits >= ENOUGH_BITS || bits > 0 && isHexDrawn(text) || isPaddedBase64(text)) return true;
	if (takesTurns(text)) return true;
	const tail = tailOf(text);
	return tail !== void 0 && isDrawn(tail) || hasDrawnPiece(text);
}
function takesTurns(text) {
	if (text.length < LONG_TURNS) return false;
	let turns = 0;
	let length = 0;
	let digits = 0;
	let before = 0;
	let any = 0;
	for (let at = 0; at <= text.length; at++) {
		const code = at < text.length ? text.charCodeAt(at) : 0;
		const sort = code < 128 ? SORTS[code] & 25 : 0;
		if (sort === 0) {
			const mixed = any === 25 && 6 * digits >= length;
			if (length >= LONG_TURNS && mixed && 2 * turns >= length) return true;
			turns = 0;
			length = 0;
			digits = 0;
			any = 0;
		} else {
			if (sort !== before) turns++;
			if (sort === DECIMAL) digits++;
			length++;
			any |= sort;
		}
		before = sort;
	}
	return false;
}
function isDrawn(piece) {
	return randomBits(piece) >= 15 || isHexDrawn(piece) && randomBits(piece) > 0;
}
function tailOf(text) {
	let from = text.length;
	while (from > 0 && isSort(text, from - 1, 3)) from--;
	return text.length - from >= LONG_PIECE ? text.slice(from) : void 0;
}
function hasDrawnPiece(text) {
	for (let from = 0; from < text.length; from++) {
		let to = from;
		while (to < text.length && isSort(text, to, 25)) to++;
		const length = to - from;
		if (length >= LONG_PIECE && length < text.length && isDrawn(text.slice(from, to))) return true;
		from = to;
	}
	return false;
}
function isSort(text, at, sorts) {
	const code = text.charCodeAt(at);
	return code < 128 && (SORTS[code] & sorts) !== 0;
}
function isNoWord(text) {
	if (/^[A-Z]+(?:_[A-Z]+)+$/.test(text)) return looksRandom(text.toLowerCase());
	return randomBits(text) > 0 || looksRandom(text);
}
var SYMBOLS, DIGIT$3, OTHER, STEP$7, COSTS, CASE_COSTS, DIGIT_COST, OTHER_COST, LOWER$1, UPPER$1, FIGURE, ELSE, SYMBOL, KIND$2, KIND_COSTS, DECIMAL, HEX, HEX_CAPITAL, SMALL, CAPITAL, HYPHEN, SIGN$1, SORTS, met, lastText, lastBits, ENOUGH_BITS, ENOUGH_LETTER_BITS, LONG_TURNS, LONG_PIECE;
var init_randomness = __esmMin((() => {
	init_randomness_table();
	SYMBOLS = 28;
	DIGIT$3 = 26;
	OTHER = 27;
	STEP$7 = .25;
	COSTS = (() => {
		const worth = new Map(Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_").map((digit, step) => [digit, step * STEP$7]));
		return Float32Array.from(TRIGRAMS, (digit) => worth.get(digit) ?? 0);
	})();
	CASE_COSTS = CAPITALS.map((upper) => [-Math.log2(1 - upper), -Math.log2(upper)]);
	DIGIT_COST = 2.8;
	OTHER_COST = 2;
	LOWER$1 = 0;
	UPPER$1 = 1;
	FIGURE = 2;
	ELSE = 3;
	SYMBOL = new Uint8Array(128).fill(OTHER);
	KIND$2 = new Uint8Array(128).fill(ELSE);
	for (let code = 0; code < 128; code++) {
		const char = String.fromCharCode(code);
		if (/[A-Za-z]/.test(char)) SYMBOL[code] = char.toLowerCase().charCodeAt(0) - 97;
		if (/[0-9]/.test(char)) SYMBOL[code] = DIGIT$3;
		KIND$2[code] = /[a-z]/.test(char) ? LOWER$1 : /[A-Z]/.test(char) ? UPPER$1 : /[0-9]/.test(char) ? FIGURE : ELSE;
	}
	KIND_COSTS = Float64Array.from({ length: 16 }, (_, at) => {
		const kind = at % 4;
		if (kind === FIGURE) return DIGIT_COST;
		return kind === ELSE ? OTHER_COST : CASE_COSTS[at >> 2]?.[kind] ?? 0;
	});
	DECIMAL = 1;
	HEX = 2;
	HEX_CAPITAL = 4;
	SMALL = 8;
	CAPITAL = 16;
	HYPHEN = 32;
	SIGN$1 = 64;
	SORTS = Uint8Array.from({ length: 128 }, (_, code) => {
		const char = String.fromCharCode(code);
		if (/[0-9]/.test(char)) return DECIMAL;
		if (/[a-z]/.test(char)) return SMALL | (char <= "f" ? HEX : 0);
		if (/[A-Z]/.test(char)) return CAPITAL | (char <= "F" ? HEX_CAPITAL : 0);
		return SIGN$1 | (char === "-" ? HYPHEN : 0);
	});
	met = new Int32Array(4);
	lastText = "";
	lastBits = 0;
	ENOUGH_BITS = 10;
	ENOUGH_LETTER_BITS = 30;
	LONG_TURNS = 24;
	LONG_PIECE = 16;
}));
// src/detect/placeholder.ts
function isMonotonous(text) {
	const distinct = distinctIn(text);
	if (text.length >= 6 && distinct <= 2) return true;
	if (text.length >= 12 && distinct <= 4) return true;
	if (/([^A/])\1{5}/.test(text) || text.length < 40 && text.includes("//////") || text.length < 40 && text.includes("AAAAAA")) return true;
	return text.length >= 12 && /^(.{1,8}?)\1+.{0,3}$/.test(text) && text.length >= 3 * (/^(.{1,8}?)\1+/.exec(text)?.[1]?.length ?? 99);
}
function distinctIn(text) {
	const seen = new Set();
	for (const char of text) if (seen.add(char).size > 4) break;
	return seen.size;
}
function walked(text, seams = false) {
	let steps = 0;
	for (let i = 1; i < text.length; i++) {
		const code = text.charCodeAt(i);
		const step = code - text.charCodeAt(i - 1);
		if (step === 1 || step === -1 || step === 0) steps++;
		else if (seams && (code === 48 || code === 49 || (code | 32) === 97) && SEAMS.has(text.slice(i - 1, i + 1).toLowerCase())) steps++;
	}
	return text.length < 6 ? 0 : steps / (text.length - 1);
}
function isCounted(text) {
	if (text.length < 16 || text.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(text)) return false;
	const bytes = Buffer.from(text, "hex");
	let steps = 0;
	for (let i = 1; i < bytes.length; i++) {
		const step = (bytes[i] ?? 0) - (bytes[i - 1] ?? 0) & 255;
		if (step === 1 || step === 255) steps++;
	}
	return steps / (bytes.length - 1) >= MOSTLY;
}
function endsInWalk(text) {
	const piece = /[0-9A-Za-z]+$/.exec(text)?.[0] ?? "";
	if (piece.length < 10 || walked(piece, true) < MOSTLY) return false;
	return 2 * piece.length >= text.length || /^(?:[a-z]+[-_.])+$/i.test(text.slice(0, -piece.length));
}
function isDegenerate(text) {
	return isMonotonous(text) || SPELT.test(text) || walked(text, true) >= MOSTLY || isCounted(text) || endsInWalk(text);
}
function isWalk(text) {
	return walked(text) >= HALF;
}
function isStandIn(body) {
	return isMonotonous(body) || walked(body) >= NOTHING_ELSE || /x{6}|X{6}|\*{3}|\.{3}|example|placeholder|redacted|your[-_]|changeme|dummy/i.test(body);
}
function isPlaceholder(value) {
	return value.length >= 32 && COMMON_DIGESTS.has(value.toLowerCase()) || isStandInWord(value) || isDegenerate(value);
}
function isTranslated(value) {
	return TRANSLATED.test(value);
}
function isStandInWord(value) {
	return NOTHING$2.test(value.replace(/^[-_*<[({ ]+|[-_*>\])} ]+$/g, "")) || TRANSLATED.test(value) || MASK.test(value) || REFERENCE.test(value) || METASYNTACTIC.test(value) || STAND_IN_WORDS.test(value);
}
function isAddressLike(text) {
	return KINDS$1.some((kind) => kind.test(text)) && strongest(text) < NO_NAME_BITS;
}
function isEncodedProse(value, machine) {
	if (value.length < 4 || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return false;
	const text = Buffer.from(value, "base64").toString("latin1").trimEnd();
	if (!/^[ -~]+$/.test(text)) return false;
	if (/^[\w .,:@-]+$/.test(text) && /example|placeholder|dummy|change-?me|redacted/i.test(text)) return true;
	if (ONE_WORD.test(text) && (isStandInWord(text) || isAddressLike(text))) return true;
	if (/^[A-Za-z]+(?:[ ,.!?'-]{1,2}[A-Za-z]+)+[.!?]*$/.test(text)) return true;
	return machine && value.endsWith("=") && /^(?:[a-z]{3,}|[A-Z]{3,})\d?$/.test(text) && randomBits(text) < 0;
}
function strongest(value) {
	return Math.max(...[value, ...value.split(/[^A-Za-z0-9]+/)].map(randomBits));
}
function isOtherKind(value, machine = true) {
	if (KINDS$1.some((kind) => kind.test(value))) return true;
	if (isEncodedProse(value, machine)) return true;
	const name = /^[A-Z]+(?:[_:-][A-Z]+)+$/.test(value) ? value.toLowerCase() : value;
	return NAMES.some((kind) => kind.test(value)) && strongest(name) < NO_NAME_BITS;
}
var STAND_IN_WORDS, MASK, REFERENCE, TRANSLATED, NOTHING$2, SPELT, SEAMS, MOSTLY, HALF, NOTHING_ELSE, COMMON_DIGESTS, METASYNTACTIC, KINDS$1, NAMES, NO_NAME_BITS, ONE_WORD;
var init_placeholder = __esmMin((() => {
	init_randomness();
	STAND_IN_WORDS = /example|sample|dummy|placeholder|change[-_ ]?(?:me|it|this)|replace[-_ ]?(?:me|with|this)|choose[-_ ]?(?:an?|your)|insert[-_ ]|redacted|removed|masked|obfuscated|censored|your[-_ ]|^your(?:own|super|pass|pwd|secret|token|api|key|user|db)|^(?:my|some)(?:secure|strong|super|secret)*(?:password|passwd|pwd|secret|token|key)$|goes[-_ ]?here|^(?:wrong|bad|invalid|incorrect)[-_ ]?pass(?:word|wd)?\d*$|^(?:generate|run|use|create)[-_ ](?:with|using|by|via|an?|the|your)[-_ ]|fixture|not[-_ ]?(?:an?[-_ ]?)?(?:real|secret|valid)|(?:^|[-_<[{ ])(?:your?|my|the|some|any|enter|put|add|set|fake|mock|todo|fixme|tbd|foo|bar|baz|foobar|lorem|ipsum)(?=$|[-_>\]} ])|[-_ ](?:here|goes[-_ ]here)$|n\/a$/i;
	MASK = /[xX]{4}|[-_.]x{3}$|\*{3}|\.{3}|…|#{4}|_{4}|-{3}|•{2}|<[^>]*>/;
	REFERENCE = /\$\{|\{\{|(?:^|[:=])\$\w+$|^[.+] ?\$|\$\w+ ?\.$|\$\(|#\{|<%|%>|\{%|%\}|%[A-Z_]+%|^%(?:env\(|[a-z][\w.]*%(?:$|\/))|^%[sdv]$|^[-\\]{0,3}\$[A-Za-z_{(]|^@[{(]|^@Microsoft\.KeyVault\(|^@[A-Za-z][\w.:/-]*$|^[{[(<].*[}\])>]$|^&[a-z]|\b(?:process\.env|os\.environ|getenv|import\.meta|System\.|ENV\[)|^(?:env|ref|file|vault|ssm|arn|op|keyring|secret|keyvault|projects)[.:/]/;
	TRANSLATED = /^(?:\w{1,16}[-_ ]){0,3}(?:adgangskode|clave|contrase(?:ny|[nñ])a|geslo|has[lł]o|heslo|jelsz[oó]|katasandi|l[oö]senord|lozinka|mot[-_ ]?de[-_ ]?passe|palavra[-_ ]?(?:passe|chave)|parol[aeă]?|senha|[sş]ifre|wagwoord|parool|pasahitza|contrasinal|kata[-_ ]?(?:laluan|kunci)|zaporka|[a-z]{0,16}(?:passwort|kennwort|wachtwoord|passord|salasana))$/i;
	NOTHING$2 = /^(?:null|nil|none|undefined|true|false|yes|no|on|off|empty|default|unset|disabled|enabled|required|optional|string|number|boolean|bool|int|integer|object|array|void|self|this|secret|secrets|password|passwd|passphrase|pass|token|key|keys|api[-_]?key|value|values|user|username|admin|root|test|tests|testing|guest|login|hidden|private|public|basic|bearer|oauth2?|auth|credentials?|anonymous|unknown|invalid|valid|wrong|correct|incorrect|missing|hashed|encrypted|stored|bail|text|textarea|ngmodel|ngform|storepass|keypass|domain|hostname|database|dbname|pasword|replaced|original|inactive|replace|(?:secret|access|client|private)[-_]?(?:key|secret|token)|first|second|third|right|left|short|long|same|other|another|anything|something|whatever|strong|weak|simple)$/i;
	SPELT = /^(?:cafe|dead|beef|babe|face|feed|f00d|c0de|d00d|0{2}|1{2}|f{2})+$/i;
	SEAMS = new Set([
		"90",
		"9a",
		"0a",
		"f0",
		"f1",
		"z0",
		"z1"
	]);
	MOSTLY = .7;
	HALF = .5;
	NOTHING_ELSE = .9;
	COMMON_DIGESTS = new Set([
		"test",
		"password",
		"secret",
		"admin",
		"hello",
		"foo",
		"bar",
		"token",
		"key",
		"123456",
		"hello world",
		"abc",
		"0",
		"1"
	].flatMap((word) => [
		"md5",
		"sha1",
		"sha256"
	].map((algorithm) => createHash(algorithm).update(word).digest("hex"))));
	METASYNTACTIC = /^(?=.*(?:foo|bar|baz|qux|xxx))(?=.*\d)(?:foo(?:bared)?|ba[rz]|qux|x{3,}(?!x)|test|abcd?|pass|user|\d|[-_.!@#$])+$/i;
	KINDS$1 = [
		/^[a-z][a-z0-9+.-]*:\/\//i,
		/^(?:mailto|data|urn|tel|javascript|blob|git|npm|file|link|workspace|pkg):/i,
		/^[^\s@]+@(?:[^\s@]+\.[a-z]{2,}|localhost)$/i,
		/^(?:@?(?:\.{1,2}|~)|[A-Za-z]:|@[\w-]*)[/\\]/,
		/^\/?[\w@.-]+(?:\/[\w@.-]+)+\.[A-Za-z][A-Za-z0-9]{0,4}$/,
		/^@?[\w./-]+@\d+\.\d+\.\d+(?:-[\w.]+)?$/,
		/^[\w.-]+\.(?:js|ts|tsx|jsx|mjs|cjs|json|ya?ml|toml|xml|html?|css|scss|md|txt|pem|crt|cer|key|pub|png|jpe?g|gif|svg|ico|pdf|py|rb|go|rs|java|kt|cs|php|sh|sql|lock|cfg|conf|ini|env|properties|log|csv|zip|gz|tgz)$/i,
		/^(?:\*\.)?(?:[\w-]+\.)+(?:com|org|net|io|dev|app|co|ai|gov|edu|local|internal|svc|cloud)(?::\d+)?(?:\/.*)?$/i,
		/^(?:application|text|image|audio|video|multipart|font)\/[\w.+-]+$/i,
		/^\d{4}-\d{2}-\d{2}(?:[T ].*)?$/,
		/^(?:Y{2,4}|M{2}|D{2}|d{2}|y{4}|H{2}|h{2}|m{2}|s{2})(?:[-/:. T]?(?:Y{2,4}|M{2}|D{2}|d{2}|y{4}|H{2}|h{2}|m{2}|s{2}|S{3}|Z)){1,6}$/,
		/^[\^~<>=v]*\d+\.\d+(?:\.[\dx*]+)*(?:[-+][\w.+-]{0,40})?$/,
		/^#?__.*__$/,
		/^[+-]?[\d.,_]+(?:e[+-]?\d+)?(?:ms|s|m|h|d|px|em|rem|%|k|kb|mb|gb)?$/i,
		/^[A-Za-z][A-Za-z-]*-v?\d+(?:\.\d+)+$/,
		/^\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?(?:\/\d+)?$/,
		/^\d+(?::\d+)+$/,
		/^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i,
		/^(?:EJ\[|ENC[[(]|\{cipher\}|\$ANSIBLE_VAULT|vault:v\d+:|\{\w+\}[\w+/=]{16})/,
		/^(?:AQ[EI]CAH|CiQA|H4sI)[\w+/-]{20}/,
		/^LS0tLS1CRUdJTi(?:BDRVJU|BQVUJM|BYNTA5|BUUlVTV)/,
		/^eyJ(?:hbGciOi|0eXAiOi|raWQiOi)[\w-]{4,120}(?:\.[\w-]{0,12})?$/,
		/%(?:20|22|27|28|29|3B|3C|3E|5B|5D|7B|7D)/i,
		/^(?:required|nullable|sometimes|confirmed|bail|string|present|filled|prohibited|current_password|min|max|between|same|different|exists|unique|size|digits|regex|required_\w+)(?:[:|].*|$)/,
		/^\?[a-z]+$/i,
		/\*\*\/|\/\*(?:\.[\w*]{1,5})?$/,
		/^[a-z][A-Za-z]*(?::[a-z][A-Za-z]*){2,}:?$/,
		/^crwdns\d+:\d/,
		/^rO0AB[\w+/]/,
		/^pass:\$/,
		/^(?:[a-z]+[-_])*(?:scram|sha|md|aes|des|hs|rs|es|ps|rsa|hmac|ecdsa|pbkdf|ed|curve|x)[-_]?\d{1,5}(?:[-_](?:[a-z]+|\d{1,3}))*$/i,
		/^pub[0-9a-f]{32}$/,
		/^(?:(?:hmac-?)?(?:sha-?(?:1|224|256|384|512)|md5)|blake2b?|h1|crc32|pbkdf2(?:_\w+)?|scrypt|argon2\w*|bcrypt)[-:$=]/i,
		/^\${1,2}(?:2[abxy]?|1|5|6|argon2\w*|pbkdf2[\w-]*|scrypt|y)\$/,
		/^[0-9A-Z]{8,128}(?:\/|%2F)\d{8}(?:\/|%2F)[\w-]{2,24}(?:\/|%2F)\w{2,24}(?:\/|%2F)aws4_request$/i,
		/^[a-z]{2,24}(?::[\w!*.-]{1,40}){3,}:?$/i,
		/^1f[0-9a-f]{3}(?:-[0-9a-f]{4,5})*$/,
		/^[a-z][\w.-]*(?::[\w.-]+)*:$/i,
		/^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2)|AAAA[BC]3NzaC1|^MI(?:IBI|ICI)[A-Za-z0-9]A(?:0|N)|^M(?:IG[ef]MA0|F[w0]wDQ)GCSq|^M(?:FkwEwY|HYwEAY|IGbMBAG|FYwEAY|CowBQYDK2V|EIwBQYDK2V|EMwBQYDK2V)|^MII[BC][A-Za-z0-9]gKC|^MIGJAoGB|^-----BEGIN (?!.*PRIVATE)/,
		/^(?:DQEB|MII[B-F][A-Za-z0-9+/]{4}CC[A-Za-z0-9+/]{2}[qa])/,
		/^0(?:x[0-9a-f_]{1,48}|b[01_]+|o[0-7_]+)[a-z]*$/i,
		/^(?:big)?u?(?:int|float)(?:8|16|32|64)(?:clamped)?(?:array)?$/i,
		/^(?:utf-?(?:8|16(?:le|be)?|32)|ascii|latin1|iso-?8859-?\d+|base64(?:url)?|hex|binary|ucs-?2)(?:[-_ ]?(?:en|de)coded)?$/i,
		/^[A-Za-z_$][\w$]*(?:(?:\.|::|->)[A-Za-z_$][\w$]*)*\(.*$/,
		/\[[^\]]*[^\]]-[^\]]+\][+*{?)]/,
		/=>|::|&&|\|\||->|\[\]|\(\)|\\[swdb]|\]\{\d|[<>]{2}|^\^.*\$$|^\/.*\/[gimsuy]*$/,
		/%[sdvq](?![A-Z0-9])|%\d{1,2}\$[a-z@]|%\(\w+\)|\{\w*\}|\{[A-Za-z_]\w*:[^{}]{0,8}\}|\[\w+\]$|^\[[^\]]+\]\(/
	];
	NAMES = [
		/^[a-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)+$/i,
		/^[A-Z][A-Z0-9]*(?:[_:-][A-Z0-9]+)+$/,
		/^_{1,2}[A-Za-z][\w$]*?_{0,2}$/,
		/^[a-z]+(?:-[a-z]+)+$/,
		/^[a-z]+(?:_{1,2}[a-z]+)+$/,
		/^\//,
		/^\.[A-Za-z][\w.-]*$/,
		/^[\w.-]+(?:\/[\w.-]+)+$/,
		/^[\w-]+(?:[./][\w-]+)*\.[a-z]{2,8}$/
	];
	NO_NAME_BITS = 30;
	ONE_WORD = /^(?![^/]+:[^/])[^\s"]{1,80}$/;
}));
// src/detect/assigned-value.ts
function unescaped(value) {
	return value.includes("\\") ? value.replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4}))/gi, (_, two, four) => String.fromCharCode(Number.parseInt(two ?? four ?? "0", 16))) : value;
}
function isForeign(value) {
	const foreign = value.replace(/[^\x80-\uffff]/g, "").length;
	return foreign > 0 && (2 * foreign > value.length || !/\d/.test(value));
}
function isForeignWord(value) {
	if (!value.includes("\\")) return isForeign(value);
	const word = unescaped(value);
	return isTranslated(word) || /\\u[0-9a-f]{4}/i.test(value) && isForeign(word);
}
function isMachineMade({ quoted }, value) {
	if (MACHINE_MADE.test(value)) return true;
	return quoted && value.length >= WILD && [
		/[a-z]/,
		/[A-Z]/,
		/\d/
	].every((kind) => kind.test(value)) && !FOREIGN$1.test(value) && new Set(value.replace(/\w/g, "")).size >= WILD_SIGNS && randomBits(value) >= WILD_BITS;
}
function isKeyId(name, value) {
	if (/^[0-9a-f]{16}$/i.test(value)) return /key/i.test(name) && !SECRET_KEY.test(name);
	return /^[0-9A-F]{40}$/.test(value) && /(?:^|gpg|pgp|sign(?:ing|ature|er)?)[._-]?key(?:s|_?ids?)?$/i.test(name);
}
function repeatsName(name, value) {
	if (/^[a-z]{4,}$/.test(value) && wordsOf$1(name).includes(value)) return true;
	if (!SLUG_OF_WORDS.test(value)) return false;
	const words = value.split(/[-_.:]/).filter((word) => /^[a-z]{3,}$|^[a-z]+\d{1,2}$/.test(word));
	const letters = name.toLowerCase().replace(/[^a-z0-9]/g, "");
	const again = words.filter((word) => letters.includes(word));
	return again.length >= AGAIN && 2 * again.length >= words.length;
}
function isNextOfList(value, word, machine) {
	if (!/\d/.test(value) || value.toLowerCase().includes(word) || SNAKE.test(value)) return true;
	return machine && randomBits(value) < LOOSE_BITS && !HEX_KEY.test(value);
}
function looksChosen(value) {
	if (/\s/.test(value)) return false;
	return [
		/[a-z]/,
		/[A-Z]/,
		/\d/,
		/[^A-Za-z0-9]/
	].filter((kind) => kind.test(value)).length >= 2 && /[\d!@#$%^&*?]/.test(value) || value.length >= 6 && randomBits(value) > 0;
}
function isWordInQuotes(assigned, before, word, behind, value) {
	if (word.toLowerCase() === "pass" && !/(?:^|[^A-Za-z])$/.test(before) && !WHOSE.test(before)) return false;
	return assigned.quoted && !assigned.called && !assigned.loose && !assigned.compared && !assigned.nested && value.length >= 5 && !/[a-z]/i.test(behind) && !assigned.isCommented();
}
function isType(assigned, name, value) {
	return !assigned.quoted && (name.startsWith("$") ? GRAPHQL_NAMED : GRAPHQL).test(value);
}
function looksBare(assigned, value, machine) {
	if (!machine && assigned.alone && CONFIGURED.some((form) => form.test(value))) return true;
	if (!/\d/.test(value) && !/[^A-Za-z0-9_.]/.test(value)) return assigned.literal && looksRandom(value) && randomBits(value) > 25;
	return assigned.literal || looksRandom(value);
}
function isSecretValue(assigned, name, literal, value, machine) {
	if (value.length > LONGEST$2 || /[\s\0]/.test(value)) return false;
	if (assigned.called && /[A-Za-z]/.test(name.slice(literal.to))) return false;
	if ((assigned.quoted ? /^(?:[),;\]}]|\.[a-z]\w*\(|\+\s*[A-Za-z_$][\w$]*[.([])/ : /^(?:[#/@*!+:?(]|\.[*+])/).test(value) && !(machine && randomBits(value) >= WILD_BITS)) return false;
	if (!assigned.quoted && FORMATTED.test(value)) return false;
	if (!assigned.quoted && (machine ? BARE_CODE : MEMBERS).test(value)) return false;
	if (assigned.loose && (UUID$1.test(value) || !(machine && /\d/.test(value) && value.length >= 20 && randomBits(value) >= LOOSE_BITS))) return false;
	if (assigned.called && ASKS.test(name)) return false;
	if (machine && KEY_ALONE.test(name)) {
		if (value.length < LOOKED_UP || assigned.converted || assigned.called && randomBits(value) < CALLED_BITS) return false;
	}
	if (machine && !assigned.called && value.length < LOOKED_UP && /key$/i.test(name) && !SECRET_KEY.test(name)) return false;
	if (machine && KEY_ALONE.test(name) && /^[A-Za-z]+$/.test(value) && randomBits(value) < CALLED_BITS) return false;
	if (!machine && CONSTANT.test(name) && /^[A-Za-z]+(?:_[A-Za-z]+)*\d?$/.test(value)) return false;
	if (repeatsName(name, value)) return false;
	if (NAMED_THING.test(value) || assigned.called && !machine && SNAKE.test(value)) return false;
	if (!machine && assigned.spoken && !looksRandom(value)) return false;
	if (/^--?[a-z]/.test(value) && randomBits(value) < LOOSE_BITS) return false;
	if (name.startsWith("-") && /^-[A-Za-z]/.test(value)) return false;
	if (machine ? !isMachineMade(assigned, value) : isForeignWord(value) || LABEL.test(value)) return false;
	if (machine && (value.length < 8 || !looksRandom(value))) return false;
	if (isKeyId(name, value) || UUID$1.test(value) && REQUEST_TOKEN.test(name)) return false;
	if (machine && value.length < 20 && DASHED.test(value) && randomBits(value) < DASHED_BITS) return false;
	if (machine && DASHED_WORDS.test(value) && value.split(/[-_.:/]+/).every((one) => randomBits(one) < LOOSE_BITS)) return false;
	if (!assigned.quoted && /(?:token|password|passwd|secret|key|credentials?)$/i.test(value) && /^[a-z]+[A-Za-z0-9]*$/.test(value)) return false;
	if (assigned.bracketed && SLUG.test(name) && /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)) return false;
	if (isType(assigned, name, value) || isPlaceholder(value) || isOtherKind(value, machine)) return false;
	const word = name.slice(literal.from, literal.to).toLowerCase();
	if (assigned.listed && (word === "auth" || word === "cred" || isNextOfList(value, word, machine))) return false;
	if (word.length >= 4 && value.toLowerCase().includes(word) && !/\d{2}/.test(value) && !looksRandom(value)) return false;
	if (name.length >= 6 && value.toLowerCase().endsWith(name.toLowerCase())) return false;
	if (!assigned.quoted && !looksBare(assigned, value, machine)) return false;
	return machine ? value.length >= 8 && looksRandom(value) : looksChosen(value) || isWordInQuotes(assigned, name.slice(0, literal.from), word, name.slice(literal.to), value);
}
var LONGEST$2, WILD, WILD_BITS, WILD_SIGNS, FOREIGN$1, LABEL, DASHED, DASHED_BITS, DASHED_WORDS, SLUG, LOOSE_BITS, MACHINE_MADE, SECRET_KEY, KEY_ALONE, LOOKED_UP, CALLED_BITS, CONSTANT, AGAIN, SLUG_OF_WORDS, ASKS, NAMED_THING, SNAKE, HEX_KEY, FORMATTED, MEMBERS, BARE_CODE, UUID$1, REQUEST_TOKEN, WHOSE, CONFIGURED, GRAPHQL, GRAPHQL_NAMED;
var init_assigned_value = __esmMin((() => {
	init_key_name();
	init_placeholder();
	init_randomness();
	LONGEST$2 = 400;
	WILD = 16;
	WILD_BITS = 40;
	WILD_SIGNS = 4;
	FOREIGN$1 = /[\x80-\uffff]/;
	LABEL = /^[A-Z][a-z]+(?:[- ](?:[a-z]+|[A-Z]{2,}))?$/;
	DASHED = /^[a-z][a-z0-9]{0,11}(?:[-_.:/][a-z0-9]{1,12})+$/;
	DASHED_BITS = 30;
	DASHED_WORDS = /^[a-z]{1,14}(?:(?:--?|__?|[.:/])[a-z]{1,14})+$/;
	SLUG = /^[a-z0-9]+(?:-[a-z0-9]+){2,}$|^[a-z0-9]+-(?:auth|credentials?)$/;
	LOOSE_BITS = 24;
	MACHINE_MADE = /^[\w+/=.~:%@$!&*#-]+$/;
	SECRET_KEY = /api|secret|access|private|auth|token|master|crypt|client|app|aes|des|hmac|shared|session|licen[cs]e|write|admin|service/i;
	KEY_ALONE = /^(?:[\w$.]*\.)?_*key$/i;
	LOOKED_UP = 13;
	CALLED_BITS = 40;
	CONSTANT = /^(?:PREF|PREFS|PREFERENCE|KEY|EXTRA|ARG|BUNDLE|STATE|EVENT|COLUMN|TAG)_/;
	AGAIN = 2;
	SLUG_OF_WORDS = /^[a-z0-9]+(?:[-_.:][a-z0-9]+){2,}$/;
	ASKS = /^(?:\w*\.)*(?:(?:verify|check|validate|compare|assert|match|is|has|contains|find|get|expect|score|rate|estimate|measure|mask|redact)(?=[A-Z_])|pass$)/;
	NAMED_THING = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*_(?:token|key|secret|password|passwd|pwd|pass|name|user|id)\d?$/;
	SNAKE = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/;
	HEX_KEY = /^(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{32,128}$/i;
	FORMATTED = /^[A-Za-z_]\w*:[<>^+,]?\.?\d{1,2}[a-z%]$/;
	MEMBERS = /^[A-Za-z_$][\w$]{0,3}\.[A-Za-z_$][\w$]*=[A-Za-z_$]/;
	BARE_CODE = /^[!~]|:!|[!=]==|&&|\d\*[a-z$_]|[a-z_$]\.[\w$.]*[+]|[\w$]\.[A-Za-z_$][\w$]*=[^=]/i;
	UUID$1 = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
	REQUEST_TOKEN = /(?:client|request|change|action|idempotency)_?(?:request_?)?token$/i;
	WHOSE = /(?:user|admin|root|db|database|sql|smtp|mail|ftp|login|proxy|my)$/i;
	CONFIGURED = [
		/^(?=.*\d)(?=.*[A-Za-z])[\w.-]{3,40}[!@#$%^&*?]{1,4}$/,
		/^(?=.{7})(?=.*\d)(?=.*[A-Za-z])[\w-]+[@!#$^][\w@!#$^-]+$/,
		/^[A-Za-z]{3,24}(?:[-_!@#$%^&*][A-Za-z]{2,24}){0,3}[-_!@#$%^&*]\d{2,6}$/,
		/^(?:[A-Z][a-z]{3,15}|[a-z]{3,12}[A-Z][a-z]{2,12})\d{2,6}$/
	];
	GRAPHQL = /^\[?(?:String|ID|Int|Float|Boolean|Char|CharArray|ByteArray|Data)[!?]?\]?[!?]?$/;
	GRAPHQL_NAMED = /^\[?[A-Z][A-Za-z]*!?\]?!$/;
}));
// src/detect/assignment-forms.ts
function ascii(bytes, from, to) {
	return Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.max(0, to - from)).toString("latin1");
}
function past(pattern, bytes, at, to) {
	const text = ascii(bytes, at, Math.min(to, at + LONG));
	pattern.lastIndex = 0;
	return pattern.test(text) ? at + pattern.lastIndex : void 0;
}
function formAt$1(bytes, nameStart, at, closed, to) {
	const next = at < to ? bytes[at] ?? 0 : 0;
	if (BEGINS$1[next] !== 1) return void 0;
	switch (next) {
		case SEMICOLON$1: return closed ? found(past(SERIALIZED, bytes, at, to), true) : void 0;
		case AMPERSAND$1: return ended(past(ENTITY, bytes, at, to), ENTITY_END);
		case PERCENT$1: return ended(past(ENCODED, bytes, at, to), ENCODED_END);
		case WIDE: return found(past(WIDE_COLON, bytes, at, to), false);
		case ESCAPE$2: return ended(past(COLOUR, bytes, at, to), COLOUR_END);
		case STAR$1: return closed ? void 0 : found(past(BOLD, bytes, at, to), false);
		case LESS$1:
			if (!closed && bytes[at + 1] === SLASH$3) return ended(past(SIBLING, bytes, at, to), ELEMENT_END);
			break;
		case COMMA$3: return closed ? found(past(DEFAULT_ARGUMENT, bytes, at, to), true) : found(past(PARAMETER, bytes, at, to), false);
		case BRACKET$2: return closed ? void 0 : found(past(ARRAY, bytes, at, to), true);
	}
	if (closed && (next === GREATER$1 || next <= 32) && bytes[nameStart - 2] === EQUALS$4) {
		const content = past(ATTRIBUTES, bytes, at, to);
		if (content !== void 0 && NAMING.test(ascii(bytes, Math.max(0, nameStart - 128), nameStart))) return ended(content, ELEMENT_END);
	}
	const behind = behindClosing(bytes, at, to);
	const second = bytes[behind + 1] ?? 0;
	switch (bytes[behind] ?? 0) {
		case BAR$1:
		case QUESTION$2: {
			const by = past(DEFAULT, bytes, at, to);
			if (by !== void 0) return found(by, true);
			const cell = closed && bytes[at - 1] !== BACKTICK$1 || bytes[behind] !== BAR$1 ? void 0 : past(CELL, bytes, at, to);
			return cell === void 0 ? void 0 : {
				at: cell,
				quotesOnly: false,
				literal: false,
				until: CELL_END,
				cell: true
			};
		}
		case SMALL_O:
		case SMALL_O - 32: return (second | 32) === SMALL_R ? found(past(DEFAULT, bytes, at, to), true) : void 0;
		case BRACE:
			if (closed) return block(bytes, nameStart, at, closed, to);
			return found(past(behind === at ? BRACES : ACCESSORS, bytes, at, to), true);
		case COLON$3:
			if (opensBlock(bytes, behind + 1, to)) return block(bytes, nameStart, at, closed, to);
			return endsLine(bytes, behind + 1, to) ? found(past(NESTED, bytes, at, to), false) : void 0;
		case DASH$3:
			if (second === DASH$3) return found(past(FLAG, bytes, at, to), false);
			return second === GREATER$1 ? found(past(ARROW, bytes, at, to), true) : void 0;
		case LESS$1: return second === DASH$3 ? found(past(ARROW, bytes, at, to), true) : void 0;
		default: return !closed && next !== 0 && next <= 32 && followsCommand(bytes, nameStart) ? {
			at,
			quotesOnly: false,
			literal: true
		} : void 0;
	}
}
function block(bytes, nameStart, at, closed, to) {
	return found(past(BLOCK$1, bytes, at, to) ?? (closed && CONTAINERS.test(ascii(bytes, nameStart, at - 1)) ? past(CONTAINER, bytes, at, to) : void 0), true);
}
function opensBlock(bytes, from, to) {
	let at = from;
	while (at < to && at - from < 4 && (bytes[at] ?? 0) <= 32) at++;
	return bytes[at] === BRACE;
}
function endsLine(bytes, from, to) {
	let at = from;
	while (at < to && at - from < 4 && (bytes[at] === 32 || bytes[at] === 9)) at++;
	return bytes[at] === 10 || bytes[at] === 13;
}
function followsCommand(bytes, nameStart) {
	const blank = bytes[nameStart - 1] ?? 0;
	if (blank !== 32 && blank !== 9) return false;
	const pair = String.fromCharCode(bytes[nameStart - 3] ?? 0, bytes[nameStart - 2] ?? 0);
	if (!LAST.has(pair)) return false;
	const before = ascii(bytes, Math.max(0, nameStart - 24), nameStart);
	return COMMAND.test(before) || bytes[nameStart] === DOLLAR$1 && SET.test(before);
}
function behindClosing(bytes, from, to) {
	let at = from;
	while (at < to && at - from < 8) {
		const byte = bytes[at] ?? 0;
		if (byte !== 32 && byte !== 9 && byte !== 41 && byte !== 93 && byte !== 96) break;
		at++;
	}
	return at;
}
function found(at, quotesOnly) {
	return at === void 0 ? void 0 : {
		at,
		quotesOnly,
		literal: !quotesOnly
	};
}
function ended(at, until) {
	return at === void 0 ? void 0 : {
		at,
		quotesOnly: false,
		literal: true,
		until
	};
}
function conversionAt(bytes, at, to) {
	const first = bytes[at] ?? 0;
	if (first !== BRACKET$2 && ((first | 32) < 97 || (first | 32) > 122)) return void 0;
	let behind = at;
	while (behind < to && behind - at < 32 && HANDS_ON[bytes[behind] ?? 0] === 1) behind++;
	return bytes[behind] === PAREN$3 && behind > at ? past(CONVERSION, bytes, at, to) : void 0;
}
function escapedAt(bytes, at, to) {
	let behind = at;
	while (behind - at < 4 && bytes[behind] === BACKSLASH$3) behind++;
	return bytes[behind] === SMALL_U ? ended(past(ESCAPED, bytes, at, to), ESCAPED_END) : void 0;
}
function unwrapped(bytes, at, to) {
	const entity = past(ENTITY_QUOTE, bytes, at, to);
	if (entity !== void 0) return {
		at: entity,
		until: ENTITY_END
	};
	const block = past(YAML_BLOCK, bytes, at, to);
	return block === void 0 ? void 0 : {
		at: block,
		until: YAML_BLOCK_END
	};
}
function untilEnd$1(bytes, from, to, until) {
	const text = ascii(bytes, from, to);
	const length = text.search(until);
	if (length === -1) return void 0;
	return {
		start: from,
		end: from + text.slice(0, length).trimEnd().length
	};
}
var LONG, code, AMPERSAND$1, PERCENT$1, LESS$1, GREATER$1, BAR$1, QUESTION$2, BRACE, BRACKET$2, DOLLAR$1, COMMA$3, BACKTICK$1, PAREN$3, DASH$3, SEMICOLON$1, COLON$3, STAR$1, SLASH$3, EQUALS$4, SMALL_O, SMALL_U, BACKSLASH$3, SMALL_R, ESCAPE$2, WIDE, BEGINS$1, ATTRIBUTES, NAMING, ELEMENT_END, SIBLING, ENTITY, ENTITY_QUOTE, ENTITY_END, ENCODED, ENCODED_END, CELL, CELL_END, DEFAULT, BLOCK$1, CONTAINER, CONTAINERS, NESTED, FLAG, ARROW, DEFAULT_ARGUMENT, PARAMETER, ARRAY, ACCESSORS, BRACES, YAML_BLOCK, YAML_BLOCK_END, SERIALIZED, ESCAPED, ESCAPED_END, COLOUR, COLOUR_END, BOLD, WIDE_COLON, COMMAND, LAST, SET, COMMANDS, CONVERSION, HANDS_ON;
var init_assignment_forms = __esmMin((() => {
	LONG = 240;
	code = (char) => char.charCodeAt(0);
	AMPERSAND$1 = code("&");
	PERCENT$1 = code("%");
	LESS$1 = code("<");
	GREATER$1 = code(">");
	BAR$1 = code("|");
	QUESTION$2 = code("?");
	BRACE = code("{");
	BRACKET$2 = code("[");
	DOLLAR$1 = code("$");
	COMMA$3 = code(",");
	BACKTICK$1 = code("`");
	PAREN$3 = code("(");
	DASH$3 = code("-");
	SEMICOLON$1 = code(";");
	COLON$3 = code(":");
	STAR$1 = code("*");
	SLASH$3 = code("/");
	EQUALS$4 = code("=");
	SMALL_O = code("o");
	SMALL_U = code("u");
	BACKSLASH$3 = code("\\");
	SMALL_R = code("r");
	ESCAPE$2 = 27;
	WIDE = 239;
	BEGINS$1 = new Uint8Array(256);
	for (const char of ";&%*<>{|?:-)],[` 	\r\n") BEGINS$1[code(char)] = 1;
	BEGINS$1[ESCAPE$2] = 1;
	BEGINS$1[WIDE] = 1;
	ATTRIBUTES = /(?:\s{1,8}(?!value\s?=)[\w:.-]{1,40}\s?=\s?["'][^"'<>]{0,60}["']){0,3}\s{0,2}>\s{0,24}(?:<value>\s{0,24})?(?:<!\[CDATA\[)?/iy;
	NAMING = /<[\w:.-]{1,40}\s[^<>]{0,80}?\b(?:name|key)\s?=\s?["']$/i;
	ELEMENT_END = /<|\]\]>/;
	SIBLING = /<\/(?:\w{1,16}[:-])?(?:key|name)>\s{0,40}<(?:\w{1,16}[:-])?(?:string|value)>\s{0,24}(?:<!\[CDATA\[)?/iy;
	ENTITY = /(?:&quot;|&#3[49];)?\s{0,4}[:=]\s{0,4}(?:&quot;|&#3[49];)/y;
	ENTITY_QUOTE = /&(?:quot|#3[49]);/y;
	ENTITY_END = /&(?:quot|#3[49]);/;
	ENCODED = /(?:%22|%27)?(?:%3D|%3A)(?:%20|\+)?(?:%22|%27)?/iy;
	ENCODED_END = /%(?:22|27|26|2C|3B|7D|0A|0D|20)|[&\s"'<>]/i;
	CELL = /(?:[ \t]{1,20}`?[ \t]{0,20}\||`?\|(?=[ \t]))[ \t]{0,20}`?(?=[^|\r\n]{1,160}\|)/y;
	CELL_END = /[\s|`]/;
	DEFAULT = /["'\])]{0,3}\s{1,4}(?:\|\||\?\?|or)\s{1,4}(?=["'`])/y;
	BLOCK$1 = /["']?\s{0,4}[:=]?\s{0,4}\{[^{}]{0,160}?(?<![\w])["']?(?:default|value|defaultValue)["']?\s{0,8}[:=]\s{0,4}(?=["'])/y;
	CONTAINER = /["']?\s{0,4}[:=]\s{0,4}\{\s{0,24}["'][^"'\r\n]{1,80}["']\s{0,4}(?::|=>)\s{0,4}(?=["'])/y;
	CONTAINERS = /(?:credentials|secrets|passwords)$/i;
	NESTED = /\s{0,3}:[ \t]{0,4}\r?\n(?:[ \t]{1,24}(?!default|value)\w{2,24}:[ \t]{1,4}[^\r\n]{1,80}\r?\n){0,3}[ \t]{1,24}(?:default|value|default_value|defaultValue):[ \t]{1,4}(?!$)/iy;
	FLAG = /\s{1,4}--(?:body|value|secret-string)(?:=|\s{1,4})(?=[^\s-])/y;
	ARROW = /\s{0,4}(?:->|<-)\s{1,4}(?=["'`])/y;
	DEFAULT_ARGUMENT = /,\s{0,24}(?:cast\s?=\s?\w{1,16},\s{0,24})?(?:default(?:_?value)?|fallback)\s{0,2}[:=]\s{0,2}(?=["'])/iy;
	PARAMETER = /,ParameterValue=\\{0,2}(?=[^\s,])/y;
	ARRAY = /\[\d{0,5}\]\s{0,8}=\s{0,8}(?=["'])/y;
	ACCESSORS = /\s{0,24}\{\s{0,24}(?:\w{1,9}\s)?(?:get|set|init)\b[^{}"']{0,60}\}\s{0,24}=\s{0,24}(?=[@$]?")/y;
	BRACES = /\{(?=["'])/y;
	YAML_BLOCK = /[|>][+-]?\d?[ \t]{0,4}\r?\n[ \t]{1,24}/y;
	YAML_BLOCK_END = /\s/;
	SERIALIZED = /;s:\d{1,6}:(?=\\{0,3}")/y;
	ESCAPED = /(?:\\{1,4}u002[27])?\s{0,4}(?::|\\{1,4}u003[adAD])\s{0,4}(?:\\{1,4}u002[27])?/y;
	ESCAPED_END = /[\\"'&\s<>]/;
	COLOUR = /(?:[^ -~]\[[\d;]{0,8}m){1,3}\s{0,3}[:=]\s{0,3}(?:[^ -~]\[[\d;]{0,8}m){0,3}\s{0,3}/y;
	COLOUR_END = /[^!-~]/;
	BOLD = /\*{1,2}\s{0,2}:\s{1,3}`?/y;
	WIDE_COLON = /\xef\xbc\x9a\s{0,3}/y;
	COMMAND = /(?:^|[\s;&|])(?:ENV|ARG|setenv|setx|set -[A-Za-z]{1,3}|\\set|#\s{0,3}define|SetEnv|(?:fastcgi|uwsgi|scgi)_param|(?:config|configure) set)[ \t]$/;
	LAST = new Set([
		"NV",
		"RG",
		"nv",
		"tx",
		"-x",
		"-g",
		"-U",
		"gx",
		"xg",
		"Ux",
		"xU",
		"et",
		"ne",
		"am"
	]);
	SET = /(?:^|[\s;{])set[ \t]$/;
	COMMANDS = [...LAST].map((pair) => pair.charCodeAt(0) | pair.charCodeAt(1) << 8);
	CONVERSION = /(?:(?:new\s)?(?:\[\](?:byte|rune)|Buffer\.from|(?:[a-z]\w{0,11}\.)?(?:SecretStr|SecretString|Secret|StringPtr|String|ToPtr|Some)|str|bytes(?:\.fromhex)?|bytearray(?:\.fromhex)?|std::string|strdup|string|Optional\.of|String(?:\.from|\.valueOf)|(?:base64\.)?b64decode|base64_decode|atob|Base64\.(?:strict_)?decode64|Convert\.FromBase64String|hex\.DecodeString|hex2bin|Encoding\.\w{4,7}\.GetBytes|SecretValue\.(?:unsafePlainText|plainText)|(?:new\s)?AzureKeyCredential)\(\s{0,12}){1,3}(?=[@$bur]?["'`])/y;
	HANDS_ON = Uint8Array.from({ length: 256 }, (_, byte) => /[\w.:[\] ]/.test(String.fromCharCode(byte)) ? 1 : 0);
}));
// src/detect/assignment-window.ts
function isLetterOf(byte) {
	return (byte | 32) >= 97 && (byte | 32) <= 122 || byte === 39;
}
var KIND$1, SLASH$2, STAR, NEWLINE$13, BACKSLASH$2, PLUS, QUESTION$1, DOT$1, DOLLAR, SHORT_PIECE, JOINS, Window$2;
var init_assignment_window = __esmMin((() => {
	KIND$1 = new Uint8Array(256);
	for (let byte = 0; byte < 256; byte++) {
		const char = String.fromCharCode(byte);
		if (/[A-Za-z0-9_$.-]/.test(char)) KIND$1[byte] = 1;
		if (char === " " || char === "	") KIND$1[byte] = 10;
		if (char === "\"" || char === "'" || char === "`") KIND$1[byte] = 12;
		if (/[\r\n,;&|<>(){}[\]\\]/.test(char) || byte === 0) KIND$1[byte] = 8;
	}
	SLASH$2 = 47;
	STAR = 42;
	NEWLINE$13 = 10;
	BACKSLASH$2 = 92;
	PLUS = 43;
	QUESTION$1 = 63;
	DOT$1 = 46;
	DOLLAR = 36;
	SHORT_PIECE = 16;
	JOINS = new Set([
		45,
		46,
		95
	]);
	Window$2 = class {
		bytes;
		to;
		constructor(bytes, to) {
			this.bytes = bytes;
			this.to = to;
		}
		at(index) {
			return index < this.to ? this.bytes[index] ?? 0 : 0;
		}
		kind(index) {
			return index < this.to ? KIND$1[this.bytes[index] ?? 0] ?? 0 : 0;
		}
		blanks(from) {
			let at = from;
			while (at - from < 24 && ((this.kind(at) ?? 0) & 2) !== 0) at++;
			return at;
		}
		word(from, word) {
			return this.startsWith(from, word) && (this.kind(from + word.length) & 1) === 0;
		}
		startsWith(from, text) {
			for (let i = 0; i < text.length; i++) {
				const char = text.charCodeAt(i);
				if (this.at(from + i) !== char && (this.at(from + i) | 32) !== char) return false;
			}
			return true;
		}
		isPiece(start, end) {
			const sign = this.blanks(end + 1);
			const next = this.at(sign);
			if (next === DOT$1 && end - start < SHORT_PIECE) return this.at(this.blanks(sign + 1)) === DOLLAR;
			if (next !== PLUS && next !== STAR) return false;
			const behind = this.at(this.blanks(sign + 1));
			if (next === STAR) return behind >= 48 && behind <= 57;
			return ((KIND$1[behind] ?? 0) & 1) !== 0 && (end - start < SHORT_PIECE || (KIND$1[this.at(end - 1)] ?? 0) !== 1 || JOINS.has(this.at(end - 1)));
		}
		isCommented(nameStart) {
			const least = Math.max(0, nameStart - 64);
			let at = nameStart - 1;
			while (at >= least && this.bytes[at] !== NEWLINE$13 && !this.#isEscapedNewline(at)) at--;
			if (at < least && least > 0) return false;
			at++;
			while ((this.kind(at) & 2) !== 0) at++;
			return this.at(at) === SLASH$2 && (this.at(at + 1) === SLASH$2 || this.at(at + 1) === STAR) || this.at(at) === STAR && (this.kind(at + 1) & 2) !== 0;
		}
		#isEscapedNewline(at) {
			return this.bytes[at] === 110 && this.bytes[at - 1] === BACKSLASH$2;
		}
		isSpoken(from) {
			let at = from;
			for (let word = 0; word < 2; word++) {
				const start = this.blanks(at);
				if (start === at) return false;
				at = start;
				while (at - start < 64 && isLetterOf(this.at(at))) at++;
				if (at === start) return false;
			}
			return (this.kind(at) & 8) !== 0 || this.at(at) === 46;
		}
		isBranch(nameStart) {
			let at = nameStart - 2;
			while (nameStart - at < 24 && (this.bytes[at] ?? 0) <= 32 && at > 0) at--;
			return this.bytes[at] === QUESTION$1 && at < nameStart - 2;
		}
		namesAttribute(end) {
			const behind = this.blanks(end + 1);
			return behind > end + 1 && this.word(behind, "value");
		}
		beginsLine(nameStart) {
			let at = nameStart - 1;
			while (nameStart - at < 24 && (this.bytes[at] === 32 || this.bytes[at] === 9)) at--;
			return at < 0 || this.bytes[at] === NEWLINE$13;
		}
		isAlone(nameStart, end) {
			return this.beginsLine(nameStart) && this.endsLine(end);
		}
		endsLine(end) {
			const behind = this.blanks(end);
			return behind >= this.bytes.length || this.at(behind) === NEWLINE$13 || this.at(behind) === 13;
		}
	};
}));
// src/detect/assignment.ts
function nameStartOf(bytes, at) {
	let nameStart = at;
	const least = Math.max(0, at - 64);
	while (nameStart > least && ((KIND$1[bytes[nameStart - 1] ?? 0] ?? 0) & 1) !== 0) nameStart--;
	return behindColour(bytes, nameStart, at);
}
function nameEndOf(bytes, from, to) {
	let nameEnd = from;
	const most = Math.min(to, from + 64);
	while (nameEnd < most && ((KIND$1[bytes[nameEnd] ?? 0] ?? 0) & 1) !== 0) nameEnd++;
	return nameEnd;
}
function behindColour(bytes, nameStart, at) {
	if (bytes[nameStart - 1] !== BRACKET$1 || bytes[nameStart - 2] !== ESCAPE$1) return nameStart;
	let behind = nameStart;
	while (behind < at && (bytes[behind] ?? 0) >= 48 && (bytes[behind] ?? 0) <= 57) behind++;
	return behind < at && bytes[behind] === 109 ? behind + 1 : nameStart;
}
function assignmentAt(bytes, at, length, to) {
	const nameEnd = nameEndOf(bytes, at + length, to);
	const nameStart = nameStartOf(bytes, at);
	const reading = new Reading(bytes, to);
	const opening = reading.opening(nameStart, nameEnd);
	if (opening === void 0) return void 0;
	const value = reading.value(opening);
	if (value === void 0 || value.end - value.start < 4) return void 0;
	if (value.quoted && nameEnd - nameStart === 3 && reading.namesAttribute(value.end)) return void 0;
	return {
		nameStart,
		nameEnd,
		...value,
		literal: opening.literal,
		loose: opening.loose === true,
		called: bytes[opening.at - 1] === PAREN$2 || bytes[opening.at - 1] === COMMA$2,
		element: bytes[opening.at - 1] === GREATER && bytes[opening.at - 2] !== EQUALS$3,
		compared: opening.compared === true,
		converted: value.quoted && opening.at < value.start - 1 && bytes[value.start - 2] === PAREN$2,
		listed: opening.listed === true,
		bracketed: bytes[value.start - 2] === BRACKET$1,
		isCommented: () => reading.isCommented(nameStart),
		alone: !value.quoted && (opening.cell === true || opening.attribute === true && reading.endsLine(value.end) || reading.isAlone(nameStart, value.end)),
		spoken: value.spoken === true
	};
}
var EQUALS$3, COLON$2, GREATER, LESS, COMMA$2, BACKSLASH$1, PAREN$2, BRACKET$1, DASH$2, QUESTION, NEWLINE$12, BANG, SEMICOLON, CLOSING$1, SLASH$1, BACKTICK, ESCAPE$1, AMPERSAND, BAR, APOSTROPHE, TYPE_SIGNS, VALUE_PREFIXES, CDATA, CDATA_END, COMPOUND, Reading;
var init_assignment = __esmMin((() => {
	init_assignment_forms();
	init_assignment_window();
	EQUALS$3 = 61;
	COLON$2 = 58;
	GREATER = 62;
	LESS = 60;
	COMMA$2 = 44;
	BACKSLASH$1 = 92;
	PAREN$2 = 40;
	BRACKET$1 = 91;
	DASH$2 = 45;
	QUESTION = 63;
	NEWLINE$12 = 10;
	BANG = 33;
	SEMICOLON = 59;
	CLOSING$1 = 125;
	SLASH$1 = 47;
	BACKTICK = 96;
	ESCAPE$1 = 27;
	AMPERSAND = 38;
	BAR = 124;
	APOSTROPHE = 39;
	TYPE_SIGNS = new Set(Array.from("&|<>[]? *").map((char) => char.charCodeAt(0)));
	VALUE_PREFIXES = ["android:", "parameter"];
	CDATA = "<![cdata[";
	CDATA_END = /\]\]>/;
	COMPOUND = new Set(Array.from("?+.|!&").map((char) => char.charCodeAt(0)));
	Reading = class extends Window$2 {
		opening(nameStart, nameEnd) {
			let at = nameEnd;
			if (this.at(at) === BACKSLASH$1) {
				const escaped = escapedAt(this.bytes, at, this.to);
				if (escaped !== void 0) return escaped;
			}
			while (this.at(at) === BACKSLASH$1) at++;
			const closed = (this.kind(at) & 4) !== 0;
			if (closed) at++;
			const bracket = this.at(at) === 93;
			const optional = this.at(at) === QUESTION && this.at(at + 1) === COLON$2;
			if (bracket || this.at(at) === QUESTION) at++;
			const flag = !closed && this.bytes[nameStart] === DASH$2;
			if (!closed && this.at(at) === GREATER && this.bytes[nameStart - 1] === LESS) return {
				at: at + 1,
				literal: true,
				quotesOnly: false
			};
			const behind = this.blanks(at);
			const sign = this.at(behind);
			const form = formAt$1(this.bytes, nameStart, at, closed, this.to);
			if (form !== void 0) return form;
			const named = this.#valueAttribute(at, closed);
			if (named !== void 0) return {
				at: named,
				literal: false,
				quotesOnly: false,
				attribute: true
			};
			if (closed && sign === COLON$2 && this.isBranch(nameStart)) return void 0;
			if (sign === EQUALS$3 || sign === COLON$2) {
				const signed = this.#signed(behind, at === behind);
				return optional ? {
					...signed,
					quotesOnly: true
				} : signed;
			}
			const assigning = this.#compound(behind);
			if (assigning !== void 0) {
				const signed = this.#signed(assigning, false);
				return sign === BANG ? {
					...signed,
					literal: false,
					quotesOnly: true,
					compared: true
				} : signed;
			}
			if (sign === PAREN$2) return {
				at: behind + 1,
				literal: false,
				quotesOnly: true
			};
			if (sign === COMMA$2 && closed && !bracket) {
				const opening = {
					at: behind + 1,
					literal: false,
					quotesOnly: true
				};
				return this.#isFirst(nameStart) ? opening : {
					...opening,
					listed: true
				};
			}
			if (sign === COMMA$2 && !closed && behind === at && (this.kind(at + 1) & 1) !== 0 && this.beginsLine(nameStart)) return {
				at: at + 1,
				literal: false,
				quotesOnly: false,
				loose: true
			};
			if (flag && behind > at) return {
				at: behind,
				literal: true,
				quotesOnly: false
			};
			if (sign === DASH$2 && (this.kind(behind + 1) & 2) !== 0) return {
				at: behind + 1,
				literal: false,
				quotesOnly: true
			};
			if (closed || behind === at) return void 0;
			const quoted = (this.kind(behind) & 4) !== 0;
			if (quoted && this.at(behind) === BACKTICK) return void 0;
			return {
				at: this.word(behind, "is") ? this.blanks(behind + 2) : behind,
				literal: false,
				quotesOnly: quoted,
				loose: true
			};
		}
		#compound(from) {
			let at = from;
			while (at - from < 2 && COMPOUND.has(this.at(at))) at++;
			if (at > from && this.at(at) === EQUALS$3) return at;
			at = from;
			while (at - from < 32 && (this.kind(at) & 1) !== 0) at++;
			if (at === from || (this.kind(at) & 2) === 0) return void 0;
			if (at - from === 2 && this.word(from, "as")) {
				at = this.blanks(at);
				while (at - from < 32 && (this.kind(at) & 1) !== 0) at++;
			}
			at = this.blanks(at);
			return this.at(at) === COLON$2 && this.at(at + 1) === EQUALS$3 || this.at(at) === EQUALS$3 && this.at(at + 1) !== EQUALS$3 ? at : void 0;
		}
		#signed(from, tight) {
			let at = from;
			const first = this.at(at);
			while (at - from < 4 && (this.at(at) === EQUALS$3 || this.at(at) === COLON$2 || this.at(at) === GREATER)) at++;
			const one = at - from === 1;
			const compared = first === EQUALS$3 && !one && this.at(from + 1) === EQUALS$3;
			const behind = this.blanks(at);
			if (compared) return {
				at: behind,
				literal: false,
				quotesOnly: true,
				compared: true
			};
			if (one && first === COLON$2) {
				const value = this.#behindType(behind);
				if (value !== void 0) return {
					at: value,
					literal: false,
					quotesOnly: true
				};
			}
			return {
				at: behind,
				literal: one && tight && (first === COLON$2 || behind === at),
				quotesOnly: false,
				...first === COLON$2 ? { colon: true } : {}
			};
		}
		#behindType(from) {
			let type = from;
			while (type - from < 40 && ((this.kind(type) & 1) !== 0 || TYPE_SIGNS.has(this.at(type)) || this.at(type) === APOSTROPHE && this.at(type - 1) === AMPERSAND)) type++;
			if (type === from || type >= this.to || this.at(type) !== EQUALS$3) return void 0;
			const value = this.blanks(type + 1);
			const next = this.at(value);
			return next === EQUALS$3 || next <= 32 || next === COMMA$2 || next === CLOSING$1 ? void 0 : value;
		}
		#isFirst(nameStart) {
			let at = nameStart - 1;
			while (at > 0 && ((KIND$1[this.bytes[at] ?? 0] ?? 0) & 4 || this.bytes[at] === BACKSLASH$1)) at--;
			while (at > 0 && nameStart - at < 24 && (this.bytes[at] ?? 0) <= 32) at--;
			return this.bytes[at] === PAREN$2 || this.bytes[at] === BRACKET$1 || this.bytes[at] === 123;
		}
		#valueAttribute(from, closed) {
			let at = from;
			let lines = 0;
			while (at - from < 48) {
				const byte = this.at(at);
				if (byte === NEWLINE$12) lines++;
				else if (byte !== 13 && byte !== 32 && byte !== 9 && !(closed && (byte === COMMA$2 || byte === 34 || byte === 39))) break;
				at++;
			}
			if (at === from || lines > 1 || !closed && lines === 0) return void 0;
			const prefix = VALUE_PREFIXES.find((one) => this.startsWith(at, one));
			at += prefix?.length ?? 0;
			if (!this.word(at, "value")) return void 0;
			at += 5;
			if ((this.kind(at) & 4) !== 0) at++;
			at = this.blanks(at);
			return this.at(at) === COLON$2 || this.at(at) === EQUALS$3 ? this.blanks(at + 1) : void 0;
		}
		value(opening) {
			if (opening.until !== void 0) {
				const value = untilEnd$1(this.bytes, opening.at, this.to, opening.until);
				return value && {
					...value,
					quoted: false,
					nested: false
				};
			}
			let at = this.blanks(opening.at);
			if (this.bytes[opening.at - 1] === GREATER && this.bytes[opening.at - 2] !== EQUALS$3) return this.#content(at);
			at = conversionAt(this.bytes, at, this.to) ?? at;
			const braced = this.at(at) === 123;
			if (this.at(at) === BRACKET$1 || this.at(at) === PAREN$2 || braced) at = this.blanks(at + 1);
			if ((this.kind(at) & 4) === 0 && (this.kind(at + 1) & 4) !== 0 && "bBrRfFuUL@$".includes(String.fromCharCode(this.at(at)))) at++;
			const wrapping = this.at(at);
			if (wrapping === AMPERSAND || wrapping === BAR || wrapping === GREATER) {
				const inner = unwrapped(this.bytes, at, this.to);
				const value = inner && untilEnd$1(this.bytes, inner.at, this.to, inner.until);
				if (value !== void 0) return {
					...value,
					quoted: false,
					nested: false
				};
			}
			let escapes = 0;
			while (this.at(at) === BACKSLASH$1 && escapes < 4) {
				at++;
				escapes++;
			}
			at = this.#nextLine(at);
			const quote = this.at(at);
			if ((this.kind(at) & 4) === 0) {
				if (escapes > 0 || opening.quotesOnly) return void 0;
				return this.#bare(at, opening.colon === true);
			}
			const start = at + 1;
			const inner = this.#inner(start, quote);
			if (inner !== void 0) return inner;
			for (let end = start; end < this.to; end++) {
				const byte = this.bytes[end] ?? 0;
				if (byte === NEWLINE$12 || byte === 13) return void 0;
				if (byte === BACKSLASH$1) {
					if (escapes > 0) return this.word(end + 1 + escapes, ".concat") ? void 0 : {
						start,
						end,
						quoted: true,
						nested: true
					};
					end++;
				} else if (byte === quote) {
					const behind = this.at(this.blanks(end + 1));
					if (braced && (behind === COLON$2 || behind === EQUALS$3) || this.word(end + 1, ".concat")) return void 0;
					if (this.isPiece(start, end)) return void 0;
					return {
						start,
						end,
						quoted: true,
						nested: false
					};
				}
			}
		}
		#nextLine(at) {
			const first = this.at(at);
			if (first !== NEWLINE$12 && first !== 13) return at;
			let sign = at - 1;
			while (at - sign < 24 && (this.kind(sign) & 2) !== 0) sign--;
			if (this.at(sign) !== EQUALS$3 && this.at(sign) !== PAREN$2) return at;
			const next = this.blanks(first === NEWLINE$12 ? at + 1 : at + 2);
			return (this.kind(next) & 4) === 0 ? at : next;
		}
		#inner(from, quote) {
			let at = from;
			while (at - from < 2 && this.at(at) === BACKSLASH$1) at++;
			if ((this.kind(at) & 4) === 0 || at === from && this.at(at) === quote) return void 0;
			const mark = this.at(at);
			const start = at + 1;
			for (let end = start; end < this.to && end - start < 400; end++) {
				const byte = this.at(end);
				if (byte === NEWLINE$12 || byte === 13 || byte === quote) return void 0;
				if (byte === BACKSLASH$1 || byte === mark) return end > start ? {
					start,
					end,
					quoted: true,
					nested: at > from
				} : void 0;
			}
		}
		#content(from) {
			if (this.startsWith(from, CDATA)) {
				const text = untilEnd$1(this.bytes, from + 9, this.to, CDATA_END);
				return text && {
					...text,
					quoted: false,
					nested: false
				};
			}
			let end = from;
			while (end < this.to && this.bytes[end] !== LESS) end++;
			if (this.at(end) !== LESS || this.at(end + 1) !== SLASH$1) return void 0;
			while (end > from && (this.at(end - 1) <= 32 || this.at(end - 1) === 125)) end--;
			let start = end;
			while (start > from && this.at(start - 1) > 32 && this.at(start - 1) !== 123) start--;
			return {
				start,
				end,
				quoted: false,
				nested: false
			};
		}
		#bare(start, colon) {
			let end = start;
			while (end < this.to && ((KIND$1[this.bytes[end] ?? 0] ?? 0) & 8) === 0) end++;
			if (end === this.to && end < this.bytes.length) return void 0;
			const next = this.at(end);
			if (next === PAREN$2 || next === BRACKET$1 || next === 123) return void 0;
			if (colon && next === BAR && (this.kind(end + 1) & 8) === 0) return void 0;
			if (next === (colon ? SEMICOLON : CLOSING$1)) return void 0;
			if (this.at(end - 1) === 46 && this.at(end - 2) === 46 && this.at(end - 3) === 46) return void 0;
			while (end > start && (this.bytes[end - 1] === 46 || this.bytes[end - 1] === COLON$2)) end--;
			const spoken = colon && this.isSpoken(end);
			return {
				start,
				end,
				quoted: false,
				nested: false,
				...spoken ? { spoken } : {}
			};
		}
	};
}));
// src/detect/boundary.ts
function isHex(byte) {
	if (byte === void 0) return false;
	return byte >= 48 && byte <= 57 || byte >= 65 && byte <= 70 || byte >= 97 && byte <= 102;
}
function endsEscape(bytes, at) {
	const last = bytes[at - 1];
	if (last === void 0) return false;
	if (bytes[at - 2] === BACKSLASH) return "nrtbfv0".includes(String.fromCharCode(last));
	if (isHex(last) && isHex(bytes[at - 2])) {
		if (bytes[at - 3] === PERCENT) return true;
		if (bytes[at - 4] === BACKSLASH && bytes[at - 3] === 120) return true;
		if (isHex(bytes[at - 3]) && isHex(bytes[at - 4]) && bytes[at - 5] === 117 && bytes[at - 6] === BACKSLASH) return true;
	}
	if (bytes[at - 3] === EQUALS$2 && (bytes[at - 2] === 51 && last === 68 || bytes[at - 2] === 50 && (last === 48 || last === 50 || last === 55))) return true;
	return last === 109 && endsColour(bytes, at - 2);
}
function endsColour(bytes, from) {
	let at = from;
	while (from - at < 8 && ((bytes[at] ?? 0) >= 48 && (bytes[at] ?? 0) <= 57 || bytes[at] === 59)) at--;
	if (bytes[at] !== 91) return false;
	const before = bytes[at - 1] ?? 0;
	return before === 27 || before === 98 || before === 66 || before === 51 || before === 101;
}
var BACKSLASH, PERCENT, EQUALS$2;
var init_boundary = __esmMin((() => {
	BACKSLASH = 92;
	PERCENT = 37;
	EQUALS$2 = 61;
}));
// src/detect/kernel/word.ts
function isBareWord(bytes, at, length, to, words) {
	const behind = at + length;
	if (behind + 2 <= to && isInside(bytes, at, length, words.glue)) return true;
	let end = behind;
	const most = Math.min(to, behind + 64);
	while (end < most && is(words, bytes[end], 1)) end++;
	if (end + OPENING$1 >= to) return false;
	const byte = bytes[end] ?? 0;
	if (is(words, byte, 2)) return isBehindBlank(bytes, at, end, to, words) && !mayHaveForm(bytes, end) && !mayFollowCommand(bytes, at, words);
	if (is(words, byte, 1)) return false;
	if (byte === COMMA$1) return !is(words, bytes[end + 1], 1);
	if (!is(words, byte, 16)) return !is(words, byte, 64);
	if (isLineEnd$1(byte)) return !isValueNext$1(bytes, end, words) && !mayFollowCommand(bytes, at, words);
	if (byte === PAREN$1) {
		const inside = skip$1(bytes, end + 1, words);
		if (bytes[inside] === CLOSING_PAREN$1) return true;
		return is(words, bytes[inside], 1) && !is(words, bytes[inside + 1], 4);
	}
	if (!is(words, byte, 4)) return false;
	const closed = bytes[end + 1] ?? 0;
	if (!is(words, closed, 32)) return !is(words, closed, 64);
	return closed === COMMA$1 && isLineEnd$1(bytes[skip$1(bytes, end + 2, words)]) && !isValueNext$1(bytes, end + 1, words);
}
function isInside(bytes, at, length, glue) {
	const before = bytes[at - 1] ?? 0;
	if (length < 5 && isLetter$2(before) && ((bytes[at] ?? 0) >= 97 || before < 97)) {
		if (length !== 3 || (glue >> (before | 32) - 97 & 1) === 0) return true;
	}
	const after = bytes[at + length] ?? 0;
	if (!isLetter$2(after)) return false;
	if (after >= 97) return after !== 115 || isSmall(bytes[at + length + 1] ?? 0);
	return !isSmall(bytes[at + length - 1] ?? 0);
}
function isBehindBlank(bytes, at, blanks, to, words) {
	const word = skip$1(bytes, blanks, words);
	if (isLineEnd$1(bytes[word])) return !isValueNext$1(bytes, blanks, words);
	let end = word;
	while (end < to && is(words, bytes[end], 1)) end++;
	const { short } = words;
	if (end - word < 2 || end - word >= short || end + OPENING$1 >= to || !is(words, bytes[end], 8)) return false;
	if (isSaid$1(bytes, word, end, words)) return false;
	const next = bytes[skip$1(bytes, end, words)];
	return next !== EQUALS$1 && next !== COLON$1 && bytes[startOf$1(bytes, at, words)] !== DASH$1;
}
function isSaid$1(bytes, word, end, words) {
	if (end - word !== 2 || ((bytes[word] ?? 0) | 32) !== 105 || ((bytes[word + 1] ?? 0) | 32) !== 115) return false;
	if (words.short === Number.POSITIVE_INFINITY) return false;
	let value = skip$1(bytes, skip$1(bytes, end, words), words);
	if (OPENING_BRACKETS$1.has(bytes[value] ?? 0)) value = skip$1(bytes, value + 1, words);
	let at = value;
	while (at - value < words.short && (bytes[at] ?? 0) > 32) at++;
	return at - value >= words.short;
}
function isValueNext$1(bytes, from, words) {
	let at = from;
	while (at - from < VALUE_NEXT && is(words, bytes[at], 128)) at++;
	const first = (bytes[at] ?? 0) | 32;
	return first === 118 || BETWEEN.has(first | ((bytes[at + 1] ?? 0) | 32) << 8);
}
function mayHaveForm(bytes, from) {
	let at = from;
	while (at - from < CLOSING && CLOSES.has(bytes[at] ?? 0)) at++;
	const byte = bytes[at] ?? 0;
	return FORMS.has(byte) || (byte | 32) === 111 && ((bytes[at + 1] ?? 0) | 32) === 114;
}
function mayFollowCommand(bytes, at, words) {
	const start = startOf$1(bytes, at, words);
	const before = bytes[start - 1] ?? 0;
	if (before === BRACKET) return true;
	if (before !== 32 && before !== 9) return false;
	return words.commands.includes((bytes[start - 3] ?? 0) | (bytes[start - 2] ?? 0) << 8);
}
function startOf$1(bytes, at, words) {
	let start = at;
	const least = Math.max(0, at - 64);
	while (start > least && is(words, bytes[start - 1], 1)) start--;
	return start;
}
function skip$1(bytes, from, words) {
	let at = from;
	while (at - from < 24 && is(words, bytes[at], 2)) at++;
	return at;
}
function is({ kinds }, byte, kind) {
	return ((kinds[byte ?? 0] ?? 0) & kind) !== 0;
}
function isLineEnd$1(byte) {
	return byte === NEWLINE$11 || byte === RETURN$3;
}
function isLetter$2(byte) {
	return isSmall(byte) || byte >= 65 && byte <= 90;
}
function isSmall(byte) {
	return byte >= 97 && byte <= 122;
}
var VALUE_NEXT, CLOSING, OPENING$1, NEWLINE$11, RETURN$3, PAREN$1, CLOSING_PAREN$1, COMMA$1, DASH$1, COLON$1, EQUALS$1, BRACKET, FORMS, BETWEEN, CLOSES, OPENING_BRACKETS$1;
var init_word = __esmMin((() => {
	VALUE_NEXT = 48;
	CLOSING = 8;
	OPENING$1 = 64;
	NEWLINE$11 = 10;
	RETURN$3 = 13;
	PAREN$1 = 40;
	CLOSING_PAREN$1 = 41;
	COMMA$1 = 44;
	DASH$1 = 45;
	COLON$1 = 58;
	EQUALS$1 = 61;
	BRACKET = 91;
	FORMS = new Set(Array.from("|?{:-<").map((char) => char.charCodeAt(0)));
	BETWEEN = new Set([
		"an",
		"pa",
		"de",
		"fa",
		"ca"
	].map((pair) => pair.charCodeAt(0) | pair.charCodeAt(1) << 8));
	CLOSES = new Set(Array.from(" 	)]`").map((char) => char.charCodeAt(0)));
	OPENING_BRACKETS$1 = new Set(Array.from("([{").map((char) => char.charCodeAt(0)));
}));
// src/detect/kernel/gate.ts
function isOpen(gate, bytes, at) {
	const { next, behind, rows, length, words } = gate;
	if (next !== void 0 && next[bytes[at + length] ?? 0] !== 1) return false;
	const end = Math.min(bytes.length, at + gate.reach);
	if (words !== void 0 && isBareWord(bytes, at, length, end, words)) return false;
	if (behind !== void 0 && !follows(bytes, behind, at + length, end)) return false;
	const least = at - gate.lead;
	for (let i = 0; i < rows.length; i++) {
		const { set, count, from, to, until } = rows[i];
		if (!hasRow(bytes, set, count, Math.max(0, least + from), at + to, end, until)) return false;
	}
	return true;
}
function follows(bytes, { set, most, until }, from, end) {
	const last = Math.min(from + most, end);
	let at = from;
	while (at < last && set[bytes[at]] === 1) at++;
	return at < end && until[bytes[at]] === 1;
}
function hasRow(bytes, set, count, from, to, end, until) {
	const last = Math.min(to + count, end);
	let start = from;
	let seen = from;
	for (let stop = from + count; stop <= last; stop = start + count) {
		let at = stop - 1;
		while (at >= seen && set[bytes[at]] === 1) at--;
		if (at < seen) {
			if (until === void 0) return true;
			let behind = stop;
			while (behind < end && set[bytes[behind]] === 1) behind++;
			if (behind >= end || until[bytes[behind]] === 1) return true;
			start = behind + 1;
			seen = start;
		} else {
			seen = stop;
			start = at + 1;
		}
	}
	return false;
}
var FARTHEST_GATE;
var init_gate = __esmMin((() => {
	init_word();
	FARTHEST_GATE = 1024;
}));
// src/detect/kernel/literal.ts
function assertLiterals(literals) {
	if (literals.length > 131072) throw new Error(`${literals.length} literals, at most ${MOST_LITERALS} are possible`);
	literals.forEach(({ bytes, run, gates = [] }, index) => {
		const fault = faultOf(bytes, run) ?? gateFaultOf(gates);
		if (fault === void 0) return;
		throw new Error(`literal ${index} (${JSON.stringify(Buffer.from(bytes.subarray(0, 40)).toString("latin1"))}): ${fault}`);
	});
}
function faultOf(bytes, run) {
	if (bytes.length < 3) return `${bytes.length} bytes, at least 3 are needed`;
	if (bytes.length > 4096) return `${bytes.length} bytes, at most ${LONGEST$1} are possible`;
	if (run !== 0 && bytes.some((byte) => RUN_BYTES[byte] === 0)) return "has a byte outside A-Za-z0-9_-+/=., so it can never lie inside a run";
}
function gateFaultOf(gates) {
	return gates.find(({ lead, reach }) => Math.max(lead, reach) > 1024) && `has a gate that reaches further than 1024 bytes`;
}
function lower(byte) {
	return byte >= 65 && byte <= 90 ? byte | 32 : byte;
}
function isLetter$1(byte) {
	const small = byte | 32;
	return small >= 97 && small <= 122;
}
var LONGEST$1, MOST_LITERALS, RUN_BYTES;
var init_literal = __esmMin((() => {
	init_gate();
	LONGEST$1 = 4096;
	MOST_LITERALS = 131072;
	RUN_BYTES = Uint8Array.from({ length: 256 }, (_, byte) => /[A-Za-z0-9_\-+/=.]/.test(String.fromCharCode(byte)) ? 1 : 0);
}));
// src/detect/kernel/reference.ts
function createReferenceKernel(literals) {
	assertLiterals(literals);
	const groups = [];
	const groupAt = new Uint16Array(32768);
	for (const [index, literal] of literals.entries()) {
		const { bytes } = literal;
		const key = (lowOf(bytes, 0) << 5 | lowOf(bytes, 1)) << 5 | lowOf(bytes, 2);
		const group = groupAt[key] || groups.push([]);
		groupAt[key] = group;
		groups[group - 1]?.push({
			...literal,
			index
		});
	}
	function scan(bytes, from, to) {
		const found = [];
		const first = Math.max(from, 0);
		const last = Math.min(to, bytes.length - 2);
		let key = lowOf(bytes, first) << 5 | lowOf(bytes, first + 1);
		for (let position = first; position < last; position += 1) {
			key = key << 5 & 32767 | bytes[position + 2] & 31;
			const group = groupAt[key];
			if (group !== 0) compare$2(groups[group - 1] ?? [], bytes, position, found);
		}
		return Int32Array.from(found);
	}
	return {
		scan,
		buffer: (size) => new Uint8Array(size)
	};
}
function lowOf(bytes, at) {
	return (bytes[at] ?? 0) & 31;
}
function compare$2(group, bytes, position, found) {
	for (const literal of group) {
		if (!standsAt(literal, bytes, position)) continue;
		if (literal.run !== 0 && !insideRun(bytes, position, position + literal.bytes.length, literal.run)) continue;
		const { gates } = literal;
		if (gates !== void 0 && gates.length > 0 && !gates.some((gate) => isOpen(gate, bytes, position))) continue;
		found.push(position, literal.index);
	}
}
function standsAt({ bytes: wanted, fold }, bytes, position) {
	if (position + wanted.length > bytes.length) return false;
	for (let i = 0; i < wanted.length; i += 1) {
		const here = bytes[position + i] ?? 0;
		const there = wanted[i] ?? 0;
		if (here !== there && !(fold && lower(here) === lower(there))) return false;
	}
	return true;
}
function insideRun(bytes, start, end, needed) {
	let from = start;
	let to = end;
	while (to - from < needed && from > 0 && RUN_BYTES[bytes[from - 1] ?? 0] === 1) from -= 1;
	while (to - from < needed && to < bytes.length && RUN_BYTES[bytes[to] ?? 0] === 1) to += 1;
	return to - from >= needed;
}
var init_reference = __esmMin((() => {
	init_gate();
	init_literal();
}));
// src/detect/kernel/windows.ts
function windowOffsets(literals) {
	const taken = new Map();
	return literals.map(({ bytes }) => {
		if (bytes.length === 3) return pair(bytes, 0) < pair(bytes, 1) ? -1 : 0;
		let best = 0;
		let least = Number.POSITIVE_INFINITY;
		for (let offset = 0; offset <= Math.min(bytes.length - 4, REACH$1); offset += 1) {
			const likely = stops(bytes, offset) * (1 + (taken.get(windowAt(bytes, offset)) ?? 0));
			if (likely < least) {
				least = likely;
				best = offset;
			}
		}
		const window = windowAt(bytes, best);
		taken.set(window, (taken.get(window) ?? 0) + 1);
		return best;
	});
}
function windowAt(bytes, offset) {
	let window = 0;
	for (let i = offset; i < offset + 4; i += 1) window = window << 5 | (bytes[i] ?? 0) & 31;
	return window;
}
function stops(bytes, offset) {
	const three = pair(bytes, offset) * pair(bytes, offset + 1) / single(bytes, offset + 1);
	const next = pair(bytes, offset + 2) / single(bytes, offset + 2);
	return three / 8 + pair(bytes, offset + 1) * next / 8 + 4 * three * next;
}
function pair(bytes, at) {
	return pairShare[((bytes[at] ?? 0) & 31) * 32 + ((bytes[at + 1] ?? 0) & 31)] ?? 0;
}
function single(bytes, at) {
	return firstShare[(bytes[at] ?? 0) & 31] ?? 1;
}
var REACH$1, pairShare, firstShare;
var init_windows = __esmMin((() => {
	REACH$1 = 24;
	pairShare = Float64Array.from("0444554544665455454446666875759577656867a69844575845367776abc9da4666667775674587676555777649a7ba6576748a579567947867578876acccd946587489868a7786886776888777b5c7455446576769453755344866457896a655788769959b77758858768887bcbbea67689597867a58668a77889aaa8989b875777498858788758a57589a7a89b7c7577446579557453467654a8a9b76b8c939a7978aa45aaa769867899aaab7b8da89aaa4b976999a977aa8a8aaaaabcaf735497469845a58859897669aa89abbc755777478a69a76654555667767abab88456554647567776455544567779aa8b5566649678666643556356456876abcb8547875898689455446455566566ab7a85868888aa98a7657555565666567c8d9446763777487754446554546665aa8a64656838655676656566436556658a6c73567737844796565464555666569a8b677677577b79a665956545667676cd9fb5668858aa69a956676676777775cc9c76678868a878a965777776775776dc9fa6677878aa88a866956776767666cc9f9477887899789766857766777776bb7d8494aa8aaa76aaaa7666666999a8cc8fa6a7bbbb98a5bb8bb78899aaaaacbb8bb8cabaccabb9ecc9aadbaa8cc9feb8ac94a6aaaa8a86b8ca7776878888978a79c7eceeecbac8fcedecdeeffffffbbbb9c9786887885a986787a7679799bacbcf6", (digit) => 2 ** -(Number.parseInt(digit, 16) + 4));
	firstShare = Float64Array.from({ length: 32 }, (_, first) => pairShare.subarray(first * 32, first * 32 + 32).reduce((sum, share) => sum + share, 0));
}));
// src/detect/kernel/compile.ts
function compile(literals) {
	assertLiterals(literals);
	const offsets = windowOffsets(literals);
	const table = sieve(literals, offsets);
	const { known, heads, knownShort, headsShort, nodes } = chains(literals, offsets);
	const reach = offsets.reduce((most, offset) => Math.max(most, offset), 0);
	const nodesAt = FREE;
	const literalsAt = align(nodesAt + nodes.byteLength);
	const alphabetAt = align(literalsAt + literals.length * RECORD);
	const gates = writeGates(literals, alphabetAt + 256);
	const textAt = align(alphabetAt + 256 + gates.bytes.length);
	const { records, text } = writeLiterals(literals, offsets, textAt, gates.addresses);
	return {
		parts: [
			{
				address: TABLE,
				bytes: asBytes(table)
			},
			{
				address: HEADS,
				bytes: asBytes(heads)
			},
			{
				address: KNOWN$1,
				bytes: known
			},
			{
				address: KNOWN_SHORT,
				bytes: knownShort
			},
			{
				address: HEADS_SHORT,
				bytes: asBytes(headsShort)
			},
			{
				address: nodesAt,
				bytes: asBytes(nodes)
			},
			{
				address: literalsAt,
				bytes: records
			},
			{
				address: alphabetAt,
				bytes: RUN_BYTES
			},
			{
				address: alphabetAt + 256,
				bytes: gates.bytes
			},
			{
				address: textAt,
				bytes: text
			}
		],
		setup: [
			nodesAt,
			literalsAt,
			alphabetAt,
			reach
		],
		end: align(textAt + text.length),
		longest: literals.reduce((most, { bytes }) => Math.max(most, bytes.length), 0)
	};
}
function sieve(literals, offsets) {
	const table = new Uint16Array(32768);
	const mark = (bytes, at, classes) => {
		const first = bytes[at];
		const third = bytes[at + 2];
		const middle = (bytes[at + 1] & 31) << 5;
		for (let a = first === void 0 ? 0 : first & 31; a < 32; a = first === void 0 ? a + 1 : 32) for (let c = third === void 0 ? 0 : third & 31; c < 32; c = third === void 0 ? c + 1 : 32) {
			const slot = a | middle | c << 10;
			table[slot] = table[slot] | classes;
		}
	};
	literals.forEach(({ bytes }, index) => {
		const offset = offsets[index] ?? 0;
		mark(bytes, offset, classesOf(bytes[offset + 3]) << 8);
		mark(bytes, offset + 1, classesOf(bytes[offset]));
	});
	return table;
}
function classesOf(byte) {
	return byte === void 0 ? 255 : 1 << (byte & 7);
}
function chains(literals, offsets) {
	const known = new Uint8Array(32768);
	const knownShort = new Uint8Array(8192);
	const wanted = new Set();
	literals.forEach((literal, index) => {
		const offset = offsets[index] ?? 0;
		const short = literal.bytes.length === 3;
		const bits = short ? knownShort : known;
		for (const hash of short ? shortHashes(literal, offset) : [longHash(literal.bytes, offset)]) {
			const slot = hash >> 3;
			bits[slot] = (bits[slot] ?? 0) | 1 << (hash & 7);
			wanted.add((short ? slot + known.length : slot) * MOST_LITERALS + index);
		}
	});
	const keys = Float64Array.from(wanted).sort();
	const heads = new Uint32Array(known.length + knownShort.length);
	const nodes = new Uint32Array(keys.length);
	for (const [node, key] of keys.entries()) {
		const slot = Math.floor(key / MOST_LITERALS);
		if (heads[slot] === 0) heads[slot] = node + 1;
		else nodes[node - 1] = (nodes[node - 1] ?? 0) & -2;
		nodes[node] = key % MOST_LITERALS << 1 | 1;
	}
	return {
		known,
		knownShort,
		heads: heads.subarray(0, known.length),
		headsShort: heads.subarray(known.length),
		nodes
	};
}
function longHash(bytes, offset) {
	return Math.imul(fourAt(bytes, offset) | 538976288, MIX_WINDOW) >>> 14;
}
function shortHashes({ bytes, fold }, offset) {
	let ways = [fourAt(bytes, 0)];
	for (const [i, byte] of bytes.entries()) if (fold && isLetter$1(byte)) ways = ways.flatMap((way) => [way, way ^ 32 << i * 8]);
	const half = offset < 0 ? 32768 : 0;
	return ways.map((way) => Math.imul(way, MIX_WINDOW) >>> 17 | half);
}
function fourAt(bytes, at) {
	return (bytes[at] ?? 0) | (bytes[at + 1] ?? 0) << 8 | (bytes[at + 2] ?? 0) << 16 | (bytes[at + 3] ?? 0) << 24;
}
function writeLiterals(literals, offsets, textAt, gates) {
	const steps = literals.map(({ bytes }) => Math.max(0, Math.ceil((bytes.length - WORD$1) / STEP$6)));
	const records = new Uint8Array(literals.length * RECORD);
	const words = new Uint32Array(records.buffer);
	const text = new Uint8Array(steps.reduce((sum, count) => sum + count, 0) * STEP$6 * 3);
	let next = 0;
	literals.forEach((literal, index) => {
		const { bytes, run } = literal;
		const record = index * RECORD;
		words.set([
			offsets[index] ?? 0,
			bytes.length,
			textAt + next,
			run,
			gates[index] ?? 0
		], record / 4 + 6);
		const { length } = bytes;
		const { fold } = literal;
		for (let i = 0; i < length; i += 1) if (i < WORD$1) put$1(records, record + i, WORD$1, bytes[i], fold);
		else put$1(text, restAt(next, i), STEP$6, bytes[i], fold);
		next += (steps[index] ?? 0) * STEP$6 * 3;
	});
	return {
		records,
		text
	};
}
function writeGates(literals, address) {
	const sets = new Map();
	const words = [];
	const setAt = (set) => {
		const known = sets.get(set) ?? address + sets.size * 32;
		sets.set(set, known);
		return known;
	};
	const rowWords = ({ set, count, from, to, until }) => [
		setAt(set),
		count,
		from,
		to,
		until === void 0 ? 0 : setAt(until)
	];
	const named = [];
	const write = ({ length, next, behind, lead, rows, reach, words: by }) => {
		words.push(next === void 0 ? 0 : setAt(next), length, lead, reach);
		words.push(...behind === void 0 ? [
			0,
			0,
			0
		] : [
			setAt(behind.set),
			behind.most,
			setAt(behind.until)
		]);
		if (by !== void 0) named.push({
			at: words.length,
			by
		});
		words.push(0, rows.length, ...rows.flatMap(rowWords));
	};
	const single = new Map();
	const indexes = literals.map(({ gates = [] }) => {
		const [first, ...others] = gates;
		if (first === void 0) return -1;
		const known = others.length === 0 ? single.get(first) : void 0;
		if (known !== void 0) return known;
		const index = words.length;
		if (others.length === 0) single.set(first, index);
		words.push(gates.length);
		for (const gate of gates) write(gate);
		return index;
	});
	const gatesEnd = sets.size * 32 + words.length * 4;
	const kinds = writeWords(named.map(({ by }) => by), address + gatesEnd);
	for (const { at, by } of named) words[at] = kinds.addresses.get(by) ?? 0;
	const bytes = new Uint8Array(gatesEnd + kinds.bytes.length);
	bytes.set(kinds.bytes, gatesEnd);
	new Uint32Array(bytes.buffer, sets.size * 32, words.length).set(words);
	for (const [set, at] of sets) for (let byte = 0; byte < 256; byte += 1) if (set[byte] === 1) bytes[at - address + (byte >> 3)] = (bytes[at - address + (byte >> 3)] ?? 0) | 1 << (byte & 7);
	const wordsAt = address + sets.size * 32;
	return {
		bytes,
		addresses: indexes.map((index) => index < 0 ? 0 : wordsAt + index * 4)
	};
}
function writeWords(all, address) {
	const addresses = new Map();
	const pieces = [];
	let next = address;
	for (const words of new Set(all)) {
		const { kinds, short, glue, commands } = words;
		const facts = [
			Number.isFinite(short) ? short : 4294967295,
			glue,
			commands.length,
			...commands
		];
		const piece = new Uint8Array(256 + facts.length * 4);
		piece.set(kinds);
		new Uint32Array(piece.buffer, 256).set(facts);
		addresses.set(words, next);
		pieces.push(piece);
		next += piece.length;
	}
	return {
		addresses,
		bytes: Buffer.concat(pieces)
	};
}
function put$1(into, at, step, byte, anyCase) {
	const fold = anyCase && isLetter$1(byte) ? 32 : 0;
	into[at] = byte | fold;
	into[at + step] = fold;
	into[at + step * 2] = 255;
}
function restAt(first, i) {
	const rest = i - WORD$1;
	return first + Math.floor(rest / STEP$6) * STEP$6 * 3 + rest % STEP$6;
}
function asBytes({ buffer, byteOffset, byteLength }) {
	return new Uint8Array(buffer, byteOffset, byteLength);
}
function align(address) {
	return Math.ceil(address / 64) * 64;
}
var TABLE, HEADS, KNOWN$1, KNOWN_SHORT, HEADS_SHORT, FREE, MIX_WINDOW, RECORD, WORD$1, STEP$6;
var init_compile$1 = __esmMin((() => {
	init_literal();
	init_windows();
	TABLE = 65536;
	HEADS = 131072;
	KNOWN$1 = 262144;
	KNOWN_SHORT = 364544;
	HEADS_SHORT = 372736;
	FREE = 405504;
	MIX_WINDOW = 2654435761;
	RECORD = 48;
	WORD$1 = 8;
	STEP$6 = 16;
}));
// src/detect/kernel/wasm.ts
var WASM$2;
var init_wasm$2 = __esmMin((() => {
	WASM$2 = "AGFzbQEAAAABLAZgAn9/AX9gBH9/f38Bf2ACf38AYAR/f39/AGAHf39/f39/fwF/YAN/f38AAg8BA2VudgZtZW1vcnkCAAADCwoCAAAAAwQBAQEFBkINfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAsHGQMFc2V0dXAABARzY2FuAAUGbWVtb3J5AgAK1igKZQEEfyMAIAFBAWtBAnRqIQEDQCAAIwEgASgCACIDQQF2IgRBMGxqIgUoAhhrIQIgBSkDECAFKQMAIAIpAwAgBSkDCISFg1AEQCACIAUgBBAJCyADQQFxRQRAIAFBBGohAQwBCwsLxgEBAX8gACECA0AgAiAAa0EwSQR/IAIjBUkgAiMET3EEfyACLQAABUEACyABai0AAEGAAXEFQQALBEAgAkEBaiECDAELCyACIwVJIAIjBE9xBH8gAi0AAAVBAAtBIHIiAEH2AEYEQEEBDwsgAkEBaiIBIwRPIAEjBUlxBH8gAS0AAAVBAAtBIHIiAUHhAEYEQCAAQeYARiAAQfAARnIgAEHjAEZyDwsgAUHuAEYgAEHhAEZxBH9BAQUgAUHlAEYgAEHkAEZxCwvuAQECfyMEIgIgAEFAaiIDIAIgA0sbIQIDQCAAIAJLBH8gAEEBay0AACABai0AAEEBcQVBAAsEQCAAQQFrIQAMAQsLIABBAWsiAiMETyACIwVJcQR/IAItAAAFQQALIgJB2wBGBEBBAQ8LIAJBCUcgAkEgR3EEQEEADwsgAEEDayICIwRPIAIjBUlxBH8gAi0AAAVBAAsgAEECayIAIwRPIAAjBUlxBH8gAC0AAAVBAAtBCHRyIQIgAUGMAmoiACABKAKIAkECdGohAQNAIAAgAUkEQCAAKAIAIAJGBEBBAQ8LIABBBGohAAwBCwtBAAvpCgMBewF+A39BgM8DIQQDQCAAIAFJBEBBgP8DIAD9AAQA/QwfHx8fHx8fHx8fHx8fHx8f/U79DAJAAkACQAJAAkACQAJAAkD9kgIgAP0ABAIiAv0MHx8fHx8fHx8fHx8fHx8fH/1OQQv9iwH9jgH9CwQAQY7/Ay8BAEGM/wMvAQBBiv8DLwEAQYj/Ay8BAEGG/wMvAQBBhP8DLwEAQYL/Ay8BAEGA/wMvAQD9DAAAAAAAAAAAAAAAAAAAAAD9VQGAgAQA/VUBgIAEAf1VAYCABAL9VQGAgAQD/VUBgIAEBP1VAYCABAX9VQGAgAQG/VUBgIAEB/0MAQIECBAgQIAAAAAAAAAAACAAQQFrIgX9AAQA/QwHAAcABwAHAAcABwAHAAcA/U4gAv0MAAcABwAHAAcABwAHAAcAB/1O/VD9gAL9Tv0MAAAAAAAAAAAAAAAAAAAAAP0j/WStIABBEGoiBv0ABAIhAkGA/wMgBv0ABAD9DB8fHx8fHx8fHx8fHx8fHx/9Tv0MAkACQAJAAkACQAJAAkACQP2SAiAC/QwfHx8fHx8fHx8fHx8fHx8f/U5BC/2LAf2OAf0LBABBjv8DLwEAQYz/Ay8BAEGK/wMvAQBBiP8DLwEAQYb/Ay8BAEGE/wMvAQBBgv8DLwEAQYD/Ay8BAP0MAAAAAAAAAAAAAAAAAAAAAP1VAYCABAD9VQGAgAQB/VUBgIAEAv1VAYCABAP9VQGAgAQE/VUBgIAEBf1VAYCABAb9VQGAgAQH/QwBAgQIECBAgAAAAAAAAAAAIAZBAWv9AAQA/QwHAAcABwAHAAcABwAHAAcA/U4gAv0MAAcABwAHAAcABwAHAAcAB/1O/VD9gAL9Tv0MAAAAAAAAAAAAAAAAAAAAAP0j/WStQhCGhCAAQSBqIgb9AAQCIQJBgP8DIAb9AAQA/QwfHx8fHx8fHx8fHx8fHx8f/U79DAJAAkACQAJAAkACQAJAAkD9kgIgAv0MHx8fHx8fHx8fHx8fHx8fH/1OQQv9iwH9jgH9CwQAQY7/Ay8BAEGM/wMvAQBBiv8DLwEAQYj/Ay8BAEGG/wMvAQBBhP8DLwEAQYL/Ay8BAEGA/wMvAQD9DAAAAAAAAAAAAAAAAAAAAAD9VQGAgAQA/VUBgIAEAf1VAYCABAL9VQGAgAQD/VUBgIAEBP1VAYCABAX9VQGAgAQG/VUBgIAEB/0MAQIECBAgQIAAAAAAAAAAACAGQQFr/QAEAP0MBwAHAAcABwAHAAcABwAHAP1OIAL9DAAHAAcABwAHAAcABwAHAAf9Tv1Q/YAC/U79DAAAAAAAAAAAAAAAAAAAAAD9I/1krUIghoQhAyAAQTBqIgb9AAQCIQJBgP8DIAb9AAQA/QwfHx8fHx8fHx8fHx8fHx8f/U79DAJAAkACQAJAAkACQAJAAkD9kgIgAv0MHx8fHx8fHx8fHx8fHx8fH/1OQQv9iwH9jgH9CwQAIAQgA0GO/wMvAQBBjP8DLwEAQYr/Ay8BAEGI/wMvAQBBhv8DLwEAQYT/Ay8BAEGC/wMvAQBBgP8DLwEA/QwAAAAAAAAAAAAAAAAAAAAA/VUBgIAEAP1VAYCABAH9VQGAgAQC/VUBgIAEA/1VAYCABAT9VQGAgAQF/VUBgIAEBv1VAYCABAf9DAECBAgQIECAAAAAAAAAAAAgBkEBa/0ABAD9DAcABwAHAAcABwAHAAcABwD9TiAC/QwABwAHAAcABwAHAAcABwAH/U79UP2AAv1O/QwAAAAAAAAAAAAAAAAAAAAA/SP9ZK1CMIaEQn+FIgM3AwAgBCAFNgIIIAQgA0IAUkEEdGohBCAAQUBrIQAMAQsLIAQLEgAgACQAIAEkASACJAIgAyQDC60EAgF+An8gACQEIAEkBSACJAYgAyQHIAQkCCAFJAkgBSQKIAYkC0EAJAwgAyMDakEBaiIAIAEgACABSRshBgNAIAIgBkkEQCACQYCAAWoiACAGIAAgBkkbIQRBACEBIAIhAANAIAAgBEkEQCABIAAoAgBzIQEgAEFAayEADAELC0HA/wMgATYCAEGAgBIhAyACIAQQAyIEQYDPA0cEQEGAzwMhAEGAzwMpAwAhBwNAIAAgBEkEQCAAKAIIIAd6p2oiCSgCACIIQaDAgIECckGx893xeWxBDnYhASADIAk2AgAgAyABQQN2LQCAgBAgAUEHcXYgCEH///8HcUGx893xeWxBEXYiAUEDdi0AgKAWIAFBB3F2ciAIQQh2QbHz3fF5bEERdkGAgAJyIgFBA3YtAICgFiABQQdxdnJBAXFBAnRqIQMgACAHIAdCAX2DIgdQIgFBBHRqIQAgAQRAIAApAwAhBwsMAQsLC0GAgBIhAQNAIAEgA0kEQCABKAIAIgQoAgBBoMCAgQJyQbHz3fF5bEERdkECdEGAgAhqKAIAIgAEQCAEIAAQAAsgBCgCAEH///8HcUGx893xeWxBFHZBAnRBgOAWaigCACIABEAgBCAAEAALIAQoAgBBCHZBsfPd8XlsQRF2QYCAAnJBA3ZBAnRBgOAWaigCACIABEAgBCAAEAALIAFBBGohAQwBCwsjDARAQX8PCyACQYCAAWohAgwBCwsjCiAFa0EDdgu0BAEJfyAAIAEoAgRqIQQgASgCACIFBH8gBSAEIwVJBH8gBC0AAAVBAAsiBUEDdmotAAAgBUEHcXZBAXEFQQELRQRAQQAPCyMFIgUgACABKAIMaiIGIAUgBkkbIQggASgCHCIFBH8gACAEIAggBRAIBUEACwRAQQAPCyABKAIQIgUEQCAEIAEoAhRqIgYgCCAGIAhJGyEGA0AgBCAGSQR/IAUgBC0AACIHQQN2ai0AACAHQQdxdkEBcQVBAAsEQCAEQQFqIQQMAQsLIAQgCE8Ef0EABSABKAIYIAQtAAAiBEEDdmotAAAgBEEHcXZBAXELRQRAQQAPCwsgACABKAIIayELIAIhBQNAIAMgBUsEQCAFKAIAIQkgBSgCECEKIAUoAgQiDCAAIAUoAgxqaiIBIAggASAISRshBiMEIgEgCyAFKAIIaiICIAEgAksbIgEhAgJ/A0AgBiABIAxqIgFPBEAgASEEA0AgAiAESQR/IAkgBEEBay0AACIHQQN2ai0AACAHQQdxdkEBcQVBAAsEQCAEQQFrIQQMAQsLIAIgBE8EQEEBIApFDQMaA0AgASAISQR/IAkgAS0AACICQQN2ai0AACACQQdxdkEBcQVBAAsEQCABQQFqIQEMAQsLQQEgASAITwR/QQEFIAogAS0AACICQQN2ai0AACACQQdxdkEBcQsNAxogAUEBaiIBIQIFIAEhAiAEIQELDAELC0EAC0UEQEEADwsgBUEUaiEFDAELC0EBC4IGAQJ/IAEhBANAIAQgAWtBGEkEfyAEIwVJIAQjBE9xBH8gBC0AAAVBAAsgA2otAABBAnEFQQALBEAgBEEBaiEEDAELCyAEIwVJIAQjBE9xBH8gBC0AAAVBAAsiBUENRiAFQQpGcgRAIAEgAxABRQ8LIAQhAQNAIAEgAkkEfyABLQAAIANqLQAAQQFxBUEACwRAIAFBAWohAQwBCwsgAUFAayACTyABIARrIgJBAkkEf0EBBSACIAMoAoACTwtyBH9BAAUgAS0AACADai0AAEEIcUEARwtFBEBBAA8LIAJBAkYEfwJ/QQAgBC0AAEEgckHpAEcEf0EBBSAELQABQSByQfMARwsNABpBACADKAKAAiIFQX9GDQAaIAEhAgNAIAIgAWtBGEkEfyACIwVJIAIjBE9xBH8gAi0AAAVBAAsgA2otAABBAnEFQQALBEAgAkEBaiECDAELCyACIQQDQCAEIAJrQRhJBH8gBCMFSSAEIwRPcQR/IAQtAAAFQQALIANqLQAAQQJxBUEACwRAIARBAWohBAwBCwsgBCICIwRPIAIjBUlxBH8gAi0AAAVBAAsiBEHbAEYgBEEoRnIgBEH7AEZyBEAgAkEBaiIEIQIDQCACIARrQRhJBH8gAiMFSSACIwRPcQR/IAItAAAFQQALIANqLQAAQQJxBUEACwRAIAJBAWohAgwBCwsLIAIgBWohBANAIAIgBEkEfyACIwVJIAIjBE9xBH8gAi0AAAVBAAtBIEsFQQALBEAgAkEBaiECDAELCyACIARGCwVBAAsEQEEADwsgASECA0AgAiABa0EYSQR/IAIjBUkgAiMET3EEfyACLQAABUEACyADai0AAEECcQVBAAsEQCACQQFqIQIMAQsLIAIjBUkgAiMET3EEfyACLQAABUEACyIBQTpHIAFBPUdxBH8jBCIBIABBQGoiAiABIAJLGyEBA0AgACABSwR/IABBAWstAAAgA2otAABBAXEFQQALBEAgAEEBayEADAELCyAALQAAQS1HBUEACwuCBwEEfyABQQJqIAJNBEAgAygChAIhByAAQQFrIgQjBE8gBCMFSXEEfyAELQAABUEACyEGAkAgASAAayIFQQVJBH8gBkEgckHhAGtBGkkFQQALBH8gBkHhAEkgAC0AAEHhAE9yBUEACwRAQQEhBCAFQQNHBH9BAAUgByAGQSByQeEAa3ZBAXELRQ0BC0EAIQQgASMFSSABIwRPcQR/IAEtAAAFQQALIgVBIHJB4QBrQRpPDQAgBUHhAE8EQCAFQfMARwR/QQEFIAFBAWoiBCMETyAEIwVJcQR/IAQtAAAFQQALQeEAa0EaSQshBAwBCyABQQFrLQAAQeEAa0EaTyEECwsgBARAQQEPCyACIAFBQGsiBCACIARJGyEEA0AgASAESQR/IAEtAAAgA2otAABBAXEFQQALBEAgAUEBaiEBDAELCyABQUBrIAJPBEBBAA8LIAEtAAAiBCADai0AACIFQQJxBEAgACABIAIgAxAHBH8gASECA0AgAiABa0EISQRAIAItAAAiBEEJRyAEQSBHcSAEQSlHcSAEQd0AR3EgBEHgAEdxRQRAIAJBAWohAgwCCwsLIAItAAAiAUE/RiABQfwARnIgAUH7AEZyIAFBOkZyIAFBLUZyIAFBPEZyBH9BAQUgAUEgckHvAEYEfyACLQABQSByQfIARgVBAAsLBUEBCwR/QQEFIAAgAxACC0UPCyAFQQFxBEBBAA8LIARBLEYEQCABLQABIANqLQAAQQFxRQ8LIAVBEHFFBEAgBUHAAHFFDwsgBEENRiAEQQpGcgRAIAEgAxABBH9BAQUgACADEAILRQ8LIARBKEYEQCABQQFqIgEhAANAIAAgAWtBGEkEfyAAIwVJIAAjBE9xBH8gAC0AAAVBAAsgA2otAABBAnEFQQALBEAgAEEBaiEADAELCyAALQAAIgFBKUYEf0EABSABIANqLQAAQQFxBH8gAC0AASADai0AAEEEcUEARwVBAQsLRQ8LIAVBBHFFBEBBAA8LIAEtAAEiACADai0AACICQSBxRQRAIAJBwABxRQ8LIABBLEYEfyABQQJqIgIhAANAIAAgAmtBGEkEfyAAIwVJIAAjBE9xBH8gAC0AAAVBAAsgA2otAABBAnEFQQALBEAgAEEBaiEADAELCyAALQAAIgBBDUYgAEEKRnIFQQALBH8gAUEBaiADEAEFQQELRQvKAwEEfyAAIwZJIAAjB09yBEAPCyABKAIcIgYgAGoiBSMFSwRADwsgASgCICEDIABBCGohBANAIAQgBUkEQCAE/QAEACAD/QAEEP1QIAP9AAQA/VEgA/0ABCD9Tv1TBEAPCyAEQRBqIQQgA0EwaiEDDAELCyABKAIkIgQgBksEfyAAIQMgBCAGayEEA0AgAyMES0EAIAQbBH8jAiADQQFrLQAAai0AAAVBAAsEQCADQQFrIQMgBEEBayEEDAELCwNAIAUjBUlBACAEGwR/IwIgBS0AAGotAAAFQQALBEAgBUEBaiEFIARBAWshBAwBCwsgBAVBAAsEQA8LIAEoAigiAQR/IAEoAgAhBSABQQRqIQECfwNAIAUEQCABQSRqIgQgASgCIEEUbGohA0EBIAAgASAEIAMQBg0CGiADIQEgBUEBayEFDAELC0EAC0UFQQALBEAPCyMKIwtPBEBBASQMDwsgACMIayEBIwohAANAIAAjCUsEQCAAQQhrKAIAIgMgAUkEf0EBBSABIANGBH8gAEEEaygCACACSQVBAAsLRQRAIAAgAEEIayIAKQMANwMADAILCwsgACABNgIAIAAgAjYCBCMKQQhqJAoL";
}));
// src/detect/kernel/simd.ts
function kernelOf(tables, options = {}) {
	if (typeof WebAssembly === "undefined" || endianness() !== "LE") return void 0;
	if (compiled$1 === void 0) {
		const binary = Buffer.from(WASM$2, "base64");
		if (!WebAssembly.validate(binary)) return void 0;
		compiled$1 = new WebAssembly.Module(binary);
	}
	const room = options.room ?? 16777216;
	const { longest } = tables;
	const pieceAt = align(tables.end + MARGIN);
	const answersAt = align(pieceAt + CONTEXT$1 * 2 + PIECE$4 + longest + MARGIN);
	const answersEnd = answersAt + ANSWERS * 8;
	const roomAt = align(answersEnd + MARGIN);
	const roomEnd = roomAt + room;
	const memory = new WebAssembly.Memory({ initial: Math.ceil((roomEnd + MARGIN) / PAGE$2) });
	const own = memory.buffer;
	const bytesOf = new Uint8Array(own);
	for (const { address, bytes } of tables.parts) bytesOf.set(bytes, address);
	const kernel = new WebAssembly.Instance(compiled$1, { env: { memory } }).exports;
	const found = new Int32Array(own, answersAt, ANSWERS * 2);
	kernel.setup(...tables.setup);
	let nextBuffer = roomAt;
	function scan(bytes, from, to) {
		const first = Math.max(from, 0);
		const last = Math.min(to, bytes.length);
		if (first >= last || longest === 0) return EMPTY$1;
		if (last > 2147483647) throw new RangeError(`kernel: ${bytes.length} bytes at once; positions have 31 bits`);
		const inside = bytes.buffer === own;
		const most = inside ? STEP$5 : PIECE$4;
		const answers = [];
		let step = most;
		for (let at = first; at < last;) {
			const end = Math.min(at + step, last);
			const count = inside ? look(bytes.byteOffset, 0, bytes.length, at, end) : bring(bytes, at, end);
			if (count < 0) {
				step = Math.ceil((end - at) / 2);
				continue;
			}
			if (count > 0) answers.push(found.slice(0, count * 2));
			at = end;
			step = Math.min(step * 2, most);
		}
		return join$1(answers);
	}
	function bring(bytes, at, end) {
		const start = Math.max(0, at - CONTEXT$1);
		const stop = Math.min(bytes.length, end + longest + CONTEXT$1);
		bytesOf.set(bytes.subarray(start, stop), pieceAt);
		return look(pieceAt - start, start, stop, at, end);
	}
	function look(zero, start, stop, at, end) {
		return kernel.scan(zero + start, zero + stop, zero + at, zero + end, zero, answersAt, answersEnd);
	}
	function buffer(size) {
		if (size > roomEnd - nextBuffer) throw new RangeError(`kernel: buffer of ${size} bytes, ${roomEnd - nextBuffer} of ${room} are left; raise options.room`);
		const view = new Uint8Array(own, nextBuffer, size);
		nextBuffer = Math.min(align(nextBuffer + size), roomEnd);
		return view;
	}
	return {
		scan,
		buffer
	};
}
function join$1(parts) {
	if (parts.length <= 1) return parts[0] ?? EMPTY$1;
	const all = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}
var PIECE$4, CONTEXT$1, MARGIN, STEP$5, ANSWERS, PAGE$2, EMPTY$1, compiled$1;
var init_simd = __esmMin((() => {
	init_compile$1();
	init_gate();
	init_literal();
	init_wasm$2();
	PIECE$4 = 131072;
	CONTEXT$1 = FARTHEST_GATE + 16;
	MARGIN = 192;
	STEP$5 = 262144;
	ANSWERS = 262144;
	PAGE$2 = 65536;
	EMPTY$1 = new Int32Array(0);
}));
// src/detect/kernel/index.ts
function kernelFrom(tables, literals) {
	return kernelOf(tables) ?? createReferenceKernel(literals());
}
var init_kernel = __esmMin((() => {
	init_reference();
	init_simd();
	init_compile$1();
	init_gate();
	init_word();
}));
// src/detect/prose.ts
function isProse(bytes, at, length, to, short) {
	let end = at + length;
	const most = Math.min(to, end + 64);
	while (end < most && kindAt(bytes, end, 1)) end++;
	if (end + OPENING >= to || !isPlain(bytes, at, end, to, short)) return false;
	const closed = kindAt(bytes, end, 4);
	return formAt$1(bytes, nameStartOf(bytes, at), closed ? end + 1 : end, closed, to) === void 0;
}
function isPlain(bytes, at, end, to, short) {
	const byte = bytes[end];
	if (kindAt(bytes, end, 2)) return isLoose(bytes, at, end, to, short);
	if (kindAt(bytes, end, 1)) return false;
	if (byte === COMMA) return !kindAt(bytes, end + 1, 1);
	if (OPENS[byte] === 0) return true;
	if (byte === NEWLINE$10 || byte === RETURN$2) return !isValueNext(bytes, end);
	if (byte === PAREN) return isCode(bytes, end + 1);
	if (kindAt(bytes, end, 4)) {
		const closed = bytes[end + 1];
		if (OPENS_CLOSED[closed] === 0) return true;
		return closed === COMMA && isLineEnd(bytes[skip(bytes, end + 2, 2)]) && !isValueNext(bytes, end + 1);
	}
	return false;
}
function isLoose(bytes, at, blanks, to, short) {
	const word = skip(bytes, blanks, 2);
	if (isLineEnd(bytes[word])) return !isValueNext(bytes, blanks);
	let end = word;
	while (end < to && kindAt(bytes, end, 1)) end++;
	if (isSaid(bytes, word, end, short)) return false;
	if (end - word < 2 || end - word >= short || end + OPENING >= to || !kindAt(bytes, end, 8)) return false;
	const next = bytes[skip(bytes, end, 2)];
	if (next === EQUALS || next === COLON) return false;
	return bytes[nameStartOf(bytes, at)] !== DASH;
}
function isSaid(bytes, word, end, short) {
	if (end - word !== 2 || (bytes[word] | 32) !== 105 || (bytes[word + 1] | 32) !== 115) return false;
	let value = skip(bytes, skip(bytes, end, 2), 2);
	if (OPENING_BRACKETS[bytes[value]] === 1) value = skip(bytes, value + 1, 2);
	let at = value;
	while (at - value < short && bytes[at] > 32) at++;
	return at - value >= short;
}
function isCode(bytes, from) {
	const at = skip(bytes, from, 2);
	if (bytes[at] === CLOSING_PAREN) return true;
	return kindAt(bytes, at, 1) && !kindAt(bytes, at + 1, 4);
}
function isValueNext(bytes, from) {
	let at = from;
	while (at - from < 48 && SKIPPED[bytes[at]] === 1) at++;
	const first = bytes[at] | 32;
	if (first === SMALL_V) return true;
	const second = bytes[at + 1] | 32;
	return first === SMALL_A && second === SMALL_N || first === SMALL_P && second === SMALL_A;
}
function isLineEnd(byte) {
	return byte === NEWLINE$10 || byte === RETURN$2;
}
function kindAt(bytes, at, kind) {
	return (KIND$1[bytes[at]] & kind) !== 0;
}
function skip(bytes, from, kind) {
	let at = from;
	while (at - from < 24 && kindAt(bytes, at, kind)) at++;
	return at;
}
var NEWLINE$10, RETURN$2, PAREN, CLOSING_PAREN, COMMA, DASH, COLON, EQUALS, SMALL_A, SMALL_N, SMALL_P, SMALL_V, OPENS, OPENS_CLOSED, OPENING, OPENING_BRACKETS, SKIPPED, NAME_WORDS;
var init_prose = __esmMin((() => {
	init_assignment();
	init_assignment_forms();
	init_assignment_window();
	init_kernel();
	init_key_name();
	NEWLINE$10 = 10;
	RETURN$2 = 13;
	PAREN = 40;
	CLOSING_PAREN = 41;
	COMMA = 44;
	DASH = 45;
	COLON = 58;
	EQUALS = 61;
	SMALL_A = 97;
	SMALL_N = 110;
	SMALL_P = 112;
	SMALL_V = 118;
	OPENS = Uint8Array.from({ length: 256 }, (_, byte) => /[\r\n\\\]"'`?>=:(+|!&]/.test(String.fromCharCode(byte)) ? 1 : 0);
	OPENS_CLOSED = Uint8Array.from({ length: 256 }, (_, byte) => byte === COMMA || ((KIND$1[byte] ?? 0) & 7) !== 0 ? 1 : OPENS[byte] ?? 0);
	OPENING = 64;
	OPENING_BRACKETS = Uint8Array.from({ length: 256 }, (_, byte) => "([{".includes(String.fromCharCode(byte)) ? 1 : 0);
	SKIPPED = Uint8Array.from({ length: 256 }, (_, byte) => /[\t\n\r ,"']/.test(String.fromCharCode(byte)) ? 1 : 0);
	NAME_WORDS = {
		kinds: Uint8Array.from({ length: 256 }, (_, byte) => (KIND$1[byte] ?? 0) & 15 | (OPENS[byte] === 1 ? 16 : 0) | (OPENS_CLOSED[byte] === 1 ? 32 : 0) | (BEGINS$1[byte] === 1 ? 64 : 0) | (SKIPPED[byte] === 1 ? 128 : 0)),
		glue: GLUE,
		commands: COMMANDS
	};
}));
// src/detect/match.ts
function isHopeless$1(bytes, { by, literal, loose, gated }, at) {
	const { length } = literal;
	if (loose !== 0) {
		const to = Math.min(bytes.length, at + by.reach);
		if (!gated && at + length + 2 <= to && isInsideWord(bytes, at, length)) return true;
		if (isProse(bytes, at, length, to, loose)) return true;
	}
	return !gated && !isOpen(literal.gate, bytes, at);
}
function matchAt(text, anchor, at) {
	const { by, literal } = anchor;
	const { bytes } = text;
	const behind = at + literal.bytes.length;
	const end = Math.min(bytes.length, at + by.reach);
	const from = literal.lead === 0 && endsEscape(bytes, at) ? at : Math.max(0, at - by.reach);
	const window = text.slice(from, end);
	const inside = at - from;
	const least = Math.max(0, inside - literal.lead);
	const start = startOf(by, bytes, from, window, least, inside, behind - from);
	if (start !== -1) return secretAt(by, window, start, from, end < bytes.length);
	const { here, first } = by;
	for (let cut = Math.max(least, ESCAPE); cut < inside && inside - least <= FAR_START; cut++) {
		if (first[bytes[from + cut] ?? 0] !== 1 || !endsEscape(bytes, from + cut)) continue;
		const rest = window.slice(cut);
		here.lastIndex = 0;
		if (here.test(rest) && here.lastIndex >= behind - from - cut) return secretAt(by, rest, 0, from + cut, end < bytes.length);
	}
}
function secretAt(by, window, start, from, goesOn) {
	by.here.lastIndex = start;
	const [first, last] = by.here.exec(window)?.indices?.groups?.secret ?? [];
	if (first === void 0 || last === void 0 || last === first) return void 0;
	return last === window.length && goesOn ? void 0 : {
		start: from + first,
		end: from + last
	};
}
function startOf(by, bytes, from, window, least, most, behind) {
	const { first } = by;
	if (most - least > FEW_STARTS) {
		const { search } = by;
		search.lastIndex = least;
		for (let match = search.exec(window); match !== null && match.index <= most; match = search.exec(window)) {
			if (match.index + match[0].length >= behind) return match.index;
			search.lastIndex = match.index + 1;
		}
		return -1;
	}
	const { here } = by;
	for (let start = least; start <= most; start++) {
		if (first[bytes[from + start] ?? 0] !== 1) continue;
		here.lastIndex = start;
		if (here.test(window) && here.lastIndex >= behind) return start;
	}
	return -1;
}
function* furtherAt(text, { by }, at, first) {
	const { more } = by;
	if (more === void 0) return;
	const from = Math.max(0, at - by.reach);
	const end = Math.min(text.bytes.length, at + by.reach);
	const window = text.slice(from, end);
	let behind = first.end - from;
	for (;;) {
		more.lastIndex = behind;
		const [start, stop] = more.exec(window)?.indices?.groups?.secret ?? [];
		if (start === void 0 || stop === void 0 || stop === start) return;
		if (stop === window.length && end < text.bytes.length) return;
		yield {
			start: from + start,
			end: from + stop
		};
		behind = stop;
	}
}
var FEW_STARTS, FAR_START, ESCAPE;
var init_match = __esmMin((() => {
	init_boundary();
	init_kernel();
	init_key_name();
	init_prose();
	FEW_STARTS = 64;
	FAR_START = 256;
	ESCAPE = 12;
}));
// src/detect/assigned.ts
function assignedAt(text, anchor, at) {
	const { by, literal } = anchor;
	const length = literal.bytes.length;
	const to = Math.min(text.bytes.length, at + by.reach);
	const machine = by.rule.randomness !== false;
	const value = by.rule.generic || by.whole === void 0 ? judgedAt(text, at, length, to, machine) : plainAt(text, at, length, to, machine);
	if (value === void 0 || by.whole === void 0) return value;
	const { start, end } = value;
	const [from, until] = by.whole.exec(text.slice(start, end))?.indices?.groups?.secret ?? [];
	return from === void 0 || until === void 0 ? void 0 : {
		start: start + from,
		end: start + until
	};
}
function judgedAt(text, at, length, to, machine) {
	const known = text.judged;
	if (known?.at === at && known.length === length && known.to === to && known.machine === machine) return known.value;
	const value = judge(text, at, length, to, machine);
	text.judged = {
		at,
		length,
		to,
		machine,
		value
	};
	return value;
}
function judge(text, at, length, to, machine) {
	const { bytes } = text;
	if (!isNamed(bytes, at, length, to)) return void 0;
	const assigned = assignmentAt(bytes, at, length, to);
	if (assigned === void 0 || isHopeless(bytes, assigned, machine)) return void 0;
	if (isFilledLater(bytes, assigned.start)) return void 0;
	const { nameStart, nameEnd } = assigned;
	const value = withoutScheme(text, assigned, machine);
	const word = {
		from: at - nameStart,
		to: at - nameStart + length
	};
	const said = text.slice(value.start, value.end);
	return isSecretValue(assigned, text.slice(nameStart, nameEnd), word, said, machine) ? value : void 0;
}
function plainAt(text, at, length, to, machine) {
	const assigned = assignmentAt(text.bytes, at, length, to);
	return assigned && withoutScheme(text, assigned, machine);
}
function withoutScheme(text, assigned, machine) {
	return {
		start: assigned.start + (machine ? schemeOf(text, assigned) : 0),
		end: assigned.end
	};
}
function isNamed(bytes, at, length, to) {
	return namesSecret(bytes, nameStartOf(bytes, at), nameEndOf(bytes, at + length, to), at, at + length);
}
function isFilledLater(bytes, start) {
	let at = start - 1;
	while (bytes[at] === 32) at--;
	return bytes[at] === 123 && bytes[at - 1] === 123;
}
function schemeOf(text, { start, end }) {
	return spaceIn(text.bytes, start, Math.min(end, start + SCHEME_WORD + 1)) === -1 ? 0 : SCHEME.exec(text.slice(start, end))?.[0].length ?? 0;
}
function isHopeless(bytes, assigned, machine) {
	const { start, end, quoted, literal, loose } = assigned;
	const length = end - start;
	if (machine && length < 8 || loose && (!machine || length < 20)) return true;
	const wild = quoted && length >= 16;
	let kinds = 0;
	for (let at = start; at < end; at++) {
		const kind = KIND[bytes[at]];
		if ((kind & SPACE$1) !== 0) return at - start > SCHEME_WORD;
		if (machine && !wild && (kind & MACHINE) === 0) return true;
		kinds |= kind;
	}
	if ((kinds & DIGIT$2) !== 0) return false;
	return loose || !quoted && !literal && (kinds & SIGN) === 0;
}
function spaceIn(bytes, from, to) {
	for (let at = from; at < to; at++) if ((KIND[bytes[at]] & SPACE$1) !== 0) return at;
	return -1;
}
var SCHEME, SCHEME_WORD, MACHINE, SPACE$1, DIGIT$2, SIGN, KIND;
var init_assigned = __esmMin((() => {
	init_assigned_value();
	init_assignment();
	init_key_name();
	init_match();
	SCHEME = /^(?:bearer|basic|token|api-?key|ssws|bot|oauth)\s+/i;
	SCHEME_WORD = 7;
	MACHINE = 1;
	SPACE$1 = 2;
	DIGIT$2 = 4;
	SIGN = 8;
	KIND = Uint8Array.from({ length: 256 }, (_, byte) => {
		const char = String.fromCharCode(byte);
		return (/[\w+/=.~:%@$!&*#-]/.test(char) ? MACHINE : 0) | (/[\s\0]/.test(char) ? SPACE$1 : 0) | (/\d/.test(char) ? DIGIT$2 : 0) | (/[^A-Za-z0-9_.]/.test(char) ? SIGN : 0);
	});
}));
// src/detect/checksum.ts
function base62(value, width) {
	let digits = "";
	for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) digits = BASE62.charAt(rest % 62) + digits;
	return digits.padStart(width, "0");
}
function base36(value, width) {
	return value.toString(36).padStart(width, "0");
}
function base58Bytes(text) {
	const bytes = [];
	for (const char of text) {
		let carry = BASE58.indexOf(char);
		if (carry < 0) return void 0;
		for (let i = 0; i < bytes.length; i++) {
			carry += (bytes[i] ?? 0) * 58;
			bytes[i] = carry & 255;
			carry >>= 8;
		}
		for (; carry > 0; carry >>= 8) bytes.push(carry & 255);
	}
	for (const char of text) {
		if (char !== "1") break;
		bytes.push(0);
	}
	return Uint8Array.from(bytes.reverse());
}
function base58Text(bytes) {
	let value = 0n;
	for (const byte of bytes) value = value * 256n + BigInt(byte);
	let text = "";
	for (; value > 0n; value /= 58n) text = BASE58.charAt(Number(value % 58n)) + text;
	return text;
}
function jsonOf(part) {
	try {
		return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
	} catch {
		return;
	}
}
function utf8(bytes) {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		return;
	}
}
function isRecord(value) {
	return value !== null && typeof value === "object" && !Array.isArray(value);
}
function judgeChecksum(name, token) {
	const shape = SHAPES[name];
	return shape.failing === "nothing" || shape.holds(token) ? "holds" : shape.failing;
}
var DOCUMENTED, BASE62, BASE58, crcTail, SHAPES;
var init_checksum = __esmMin((() => {
	DOCUMENTED = /^(?:user(?:_?name)?:(?:password|passwd|pass|pwd)|client_?id:client_?secret|(example|sample|demo):\1)$/i;
	BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
	crcTail = {
		failing: "malformed",
		holds(token) {
			const body = token.slice(token.lastIndexOf("_") + 1);
			return body.length > 6 && body.slice(-6) === base62(crc32(body.slice(0, -6)), 6);
		},
		complete: (token) => base62(crc32(token.slice(token.lastIndexOf("_") + 1)), 6)
	};
	SHAPES = {
		"github-crc32": crcTail,
		"npm-crc32": crcTail,
		"keyburn-crc32": {
			failing: "malformed",
			holds: (token) => token.slice(-6) === base62(crc32(token.slice(0, -6)), 6),
			complete: (token) => base62(crc32(token), 6)
		},
		"grafana-crc32": {
			failing: "nothing",
			holds: (token) => crc32(token.slice(0, token.lastIndexOf("_"))) === Number.parseInt(token.slice(-8), 16),
			complete: (token) => crc32(token.replace(/_$/, "")).toString(16).padStart(8, "0")
		},
		"gitlab-crc32": {
			failing: "nothing",
			holds: (token) => token.slice(-7) === base36(crc32(token.slice(0, -7)), 7),
			complete: (token) => base36(crc32(token), 7)
		},
		"unkey-base58": {
			failing: "malformed",
			holds(token) {
				const bytes = base58Bytes(token.slice(token.lastIndexOf("_") + 1));
				return bytes !== void 0 && bytes[0] === 1 && bytes[1] === bytes.length - 2;
			},
			complete: (token) => base58Text(Uint8Array.of(1, 16, ...Buffer.from(`${crc32(token)}`.padEnd(16, "#"))))
		},
		jwt: {
			failing: "other",
			holds(token) {
				const [head = "", claims = ""] = token.split(".", 2);
				const header = jsonOf(head);
				if (!isRecord(header) || typeof header.alg !== "string") return false;
				const payload = jsonOf(claims);
				return !(isRecord(payload) && payload.sub === "1234567890" && payload.name === "John Doe");
			}
		},
		"basic-auth": {
			failing: "other",
			holds(token) {
				if (/^[A-Z]?[a-z]+$/.test(token)) return false;
				const bytes = Buffer.from(token, "base64");
				if (DOCUMENTED.test(bytes.toString("latin1"))) return false;
				return /^[\x20-\x39\x3b-\x7e]*:[\x20-\x7e\x80-\xff]+$/.test(bytes.toString("latin1")) || /^[ -9;-~\u00a0-\uffff]*:[ -~\u00a0-\uffff]+$/.test(utf8(bytes) ?? "");
			}
		},
		"data-center-id": {
			failing: "other",
			holds: (token) => /^\d{6,20}:/.test(Buffer.from(token, "base64").toString("latin1"))
		},
		"discord-id": {
			failing: "other",
			holds: (token) => /^\d{17,20}$/.test(Buffer.from(token.split(".", 1)[0] ?? "", "base64url").toString("latin1")),
			complete: (token) => Buffer.from(`${1e9 + crc32(token) % 1e9}12345678`).toString("base64url")
		}
	};
	Object.keys(SHAPES);
}));
// src/detect/digest.ts
function isBumped(before, behind) {
	return /\bfrom $/.test(before) && /^ to [0-9a-f]{40}$/.test(behind);
}
function isDigest(text, start, end, from, to) {
	let first = start;
	if (joins(text.bytes[start - 1])) while (first > from && BASE64[text.bytes[first - 1] ?? 0] === 1) first--;
	if (PUBLIC.test(text.slice(first, first + 12))) return true;
	const before = text.slice(Math.max(from, first - BEFORE), first);
	const value = text.slice(start, end);
	if (HASHED.test(before) || SAYS_SO.test(value)) return true;
	const near = first === start ? before : text.slice(Math.max(from, start - BEFORE), start);
	if (UUID.test(value) && (ADDRESSED.test(near) || IDENTIFIED.test(near))) return true;
	if ((UUID.test(value) || DIGEST.test(value)) && NAMED_ID.test(near)) return true;
	if (HASH_NAMED.test(before) && DIGEST_64.test(runFrom(text, first, end, to))) return true;
	return HANDED_OUT.test(near) || SHOWN.test(near) || CERTIFICATE.test(near) || CERTIFIED.test(value) || DIGEST.test(value) && (NAMED.test(near) || CARRIED.test(near) || isBumped(near, text.slice(end, Math.min(to, end + NEXT))));
}
function runFrom(text, first, end, to) {
	let last = end;
	while (last < to && last - first <= LONGEST_DIGEST && BASE64[text.bytes[last] ?? 0] === 1) last++;
	return text.slice(first, last);
}
function isInBlob(bytes, start, end, from, to) {
	if (!joins(bytes[start - 1]) && !joins(bytes[end])) return false;
	let first = start;
	while (first > from && BASE64[bytes[first - 1] ?? 0] === 1) first--;
	let last = end;
	while (last < to && BASE64[bytes[last] ?? 0] === 1) last++;
	if (start - first + (last - end) < BLOB) return false;
	let signs = 0;
	let capitals = 0;
	let digits = 0;
	for (let at = first; at < last; at++) {
		const byte = bytes[at] ?? 0;
		if (byte === 43 || byte === 47) signs++;
		else if (byte >= 65 && byte <= 90) capitals++;
		else if (byte >= 48 && byte <= 57) digits++;
	}
	const length = last - first;
	return signs * 12 < length && capitals * 5 > length && digits * 20 > length;
}
function isNameInBase64(bytes, at, from) {
	let first = at;
	let [capitals, small, digits] = [
		0,
		0,
		0
	];
	for (; first > from && BASE64[bytes[first - 1] ?? 0] === 1; first--) {
		const byte = bytes[first - 1] ?? 0;
		if (byte >= 65 && byte <= 90) capitals++;
		else if (byte >= 97 && byte <= 122) small++;
		else if (byte >= 48 && byte <= 57) digits++;
	}
	const length = at - first;
	return length >= NAMELESS && capitals * 5 > length && small * 5 > length && digits * 20 > length;
}
function joins(byte) {
	return byte === 43 || byte === 47;
}
var BEFORE, BLOB, NAMELESS, LONGEST_DIGEST, SAYS_SO, HASHED, PUBLIC, HANDED_OUT, NAMED, DIGEST, DIGEST_64, HASH_NAMED, BASE64, NEXT, UUID, ADDRESSED, SHOWN, CERTIFICATE, CERTIFIED, CARRIED, NAMED_ID, IDENTIFIED;
var init_digest = __esmMin((() => {
	BEFORE = 64;
	BLOB = 160;
	NAMELESS = 16;
	LONGEST_DIGEST = 88;
	SAYS_SO = /^(?:sha-?(?:1|224|256|384|512)|md5)[-:]/i;
	HASHED = /(?:^|[^A-Za-z])(?:sha-?(?:1|224|256|384|512)|md5|blake[23][bs]?|h1|etag|W\/)[-:=" ]{1,2}$/i;
	PUBLIC = /^AAAA[BCEI][23NG]/;
	HANDED_OUT = /[?&](?:alt=media|e=\d{9,11})(?:\\?&(?:amp;)?|%26|\\u0026)token=$/;
	NAMED = /[<>|=]{7} $|\bfrom [0-9a-f]{40} to $|\/compare\/[\w.]{1,48}\.\.\.?$|(?:^|[\s"'])(?:tree|parent|commit|object|index|revert|merge|checkout|cherry-pick)[ :]$|\/(?:commits?|tree|blob|raw|archive|compare|blobs)\/$|[\w)}]@$|\.(?:tgz|git|zip|gz|whl)#(?:sha\d+=)?$|(?:^|[^A-Za-z])(?:[\w.-]{0,24}[_.-])?(?:sha|sha1|sha256|sha512|md5|checksums?|digest|(?<!api[_.-]?)hash|integrity|revision|rev|ref|commit|commit_?(?:id|sha|hash)|fingerprint|etag|version|contentHash|fileHash|shasum)["']?\s?(?:=>|[:=]{1,2})?\s?["']?$/i;
	DIGEST = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i;
	DIGEST_64 = /^(?:[\w+/]{22}==|[\w+/]{27}=|[\w+/]{43}=|[\w+/]{64}|[\w+/]{86}==)$/;
	HASH_NAMED = /(?:^|[^A-Za-z])[A-Za-z_.-]{0,24}(?:[Ss]ha-?\d{0,3}|md5|[Cc]hecksums?|[Dd]igest|[Hh]ash|[Ii]ntegrity|[Ff]ingerprint|[Ee]tag|ETag)["']?\s?(?:=>|[:=]{1,2})?\s?["']?$/;
	BASE64 = new Uint8Array(256);
	for (const char of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") BASE64[char.charCodeAt(0)] = 1;
	NEXT = 44;
	UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
	ADDRESSED = /\/(?:projects?|org(?:anization)?s?|issues?|builds?|jobs?|runs?|workspaces?|groups?|users?|teams?|accounts?|apps?|sites?|dashboards?|monitors?|environments?)\/$/i;
	SHOWN = /(?:site[-_]?key|public key|data-key)["'`]?(?:\s{0,2}(?:=>|[:=]|is)\s{0,4}|\s{1,3})["'`]?$/i;
	CERTIFICATE = /(?:^|[\s"'{,])[\w.-]{0,40}\.(?:crt|cert|cer|ca)["']?:\s{0,4}["']?$/i;
	CERTIFIED = /^LS0tLS1CRUdJTi(?:BDRVJU|BUUlVTV)/;
	CARRIED = /[?&;](?:state|nonce|hash|v|ver|rev|etag|checksum)=$/;
	NAMED_ID = /(?:template|project|org(?:anization)?|message|request|trace|span|document|file|page|post|order|item|image|video|channel|thread|build|job|event|run)[_-]?(?:uu|gu)?id["'`]?\s{0,2}(?:=>|[:=])\s{0,4}["'`]?$/i;
	IDENTIFIED = /(?:^|[^A-Za-z0-9_.-])_?(?:uu|gu)?id["'`]?\s{0,2}(?:=>|[:=])\s{0,4}["'`]?$/i;
}));
// src/detect/encoded.ts
function encodedLiterals(literal) {
	const found = [];
	for (const phase of [
		0,
		1,
		2
	]) {
		const padded = Buffer.concat([Buffer.alloc(phase), literal]);
		const skipped = Math.ceil(phase * 8 / 6);
		const full = Math.floor(padded.length * 8 / 6);
		for (const alphabet of ["base64", "base64url"]) {
			const text = padded.toString(alphabet).slice(skipped, full);
			if (text.length >= FEWEST_DIGITS && !found.some((other) => other.text === text && other.phase === phase)) found.push({
				text,
				skipped,
				phase
			});
		}
	}
	return found;
}
function decodeAround(bytes, at, literal, reach) {
	const group = at - literal.skipped;
	const least = Math.max(0, at - reach);
	const most = Math.min(bytes.length, at + reach);
	for (let i = group; i < at; i++) if (DIGIT$1[bytes[i] ?? 0] !== 1) return void 0;
	let from = group;
	while (from - 4 >= least && isGroup(bytes, from - 4)) from -= 4;
	let to = at;
	while (to < most && DIGIT$1[bytes[to] ?? 0] === 1) to++;
	const digits = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString("latin1");
	return {
		bytes: Buffer.from(digits, "base64"),
		anchor: (group - from) / 4 * 3 + literal.phase,
		outer: (start, end) => ({
			start: from + Math.floor(start * 8 / 6),
			end: Math.min(to, from + Math.ceil(end * 8 / 6))
		})
	};
}
function isGroup(bytes, at) {
	for (let i = at; i < at + 4; i++) if (DIGIT$1[bytes[i] ?? 0] !== 1) return false;
	return true;
}
var FEWEST_DIGITS, DIGIT$1;
var init_encoded = __esmMin((() => {
	FEWEST_DIGITS = 4;
	DIGIT$1 = new Uint8Array(256);
	for (const char of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_") DIGIT$1[char.charCodeAt(0)] = 1;
}));
// src/detect/published.ts
function isPublished(value) {
	return PUBLISHED.has(hash("sha256", value, "hex").slice(0, 16));
}
var PUBLISHED;
var init_published = __esmMin((() => {
	PUBLISHED = new Set([
		"7f44193a6edea087",
		"0011cc25eb432071",
		"aa6547439583c3a2",
		"f5e95c9954635b65",
		"03b970ed8171d73b",
		"eeff4d1bcd7b6841",
		"619aae169eed1b55"
	]);
}));
// src/detect/said-user.ts
function isSaidUser(text, value, start, end, from, to) {
	if (!/^[\w.@-]{3,32}$/.test(value)) return false;
	const before = text.slice(Math.max(from, start - NEAR_BY), start);
	const behind = text.slice(end, Math.min(to, end + NEAR_BY));
	for (const near of [before, behind]) for (const match of near.matchAll(SAID)) if (match.groups?.user === value) return true;
	return false;
}
var NEAR_BY, SAID;
var init_said_user = __esmMin((() => {
	NEAR_BY = 160;
	SAID = /(?:user(?:[-_ ]?name)?|usr|login|uid|user[-_ ]?id|account|role)["'`\]]{0,2}(?: is|\s{0,4}(?:=>|[:=,]))?\s{0,4}["'`]?(?<user>[\w.@-]{3,32})(?![\w@-])/gi;
}));
// src/detect/text.ts
var BLOCK, Text$1, strict, lenient$1;
var init_text$1 = __esmMin((() => {
	BLOCK = 1024;
	Text$1 = class {
		bytes;
		judged;
		#made;
		#block = "";
		#from = 0;
		constructor(bytes) {
			this.bytes = bytes;
		}
		get #buffer() {
			const { buffer, byteOffset, byteLength } = this.bytes;
			this.#made ??= Buffer.from(buffer, byteOffset, byteLength);
			return this.#made;
		}
		slice(from, to) {
			if (from < this.#from || to > this.#from + this.#block.length) {
				const end = Math.min(this.bytes.length, to + BLOCK);
				this.#block = this.#buffer.toString("latin1", from, end);
				this.#from = from;
			}
			return this.#block.slice(from - this.#from, to - this.#from);
		}
		indexOf(byte, from) {
			return this.#buffer.indexOf(byte, from);
		}
		decode(from, to) {
			const piece = this.bytes.subarray(from, to);
			try {
				return strict.decode(piece);
			} catch {
				return this.slice(from, to);
			}
		}
		show(from, to) {
			return lenient$1.decode(this.bytes.subarray(from, to));
		}
	};
	strict = new TextDecoder("utf-8", {
		fatal: true,
		ignoreBOM: true
	});
	lenient$1 = new TextDecoder("utf-8", { ignoreBOM: true });
}));
// src/detect/candidate.ts
function overlaps(own, start, end) {
	return start < own.end && own.start < end;
}
function partsNear(text, by, at, own) {
	const parts = {};
	for (const part of by.parts) {
		const from = Math.max(0, at - part.within);
		const window = text.slice(from, Math.min(text.bytes.length, at + part.within));
		part.pattern.lastIndex = 0;
		let nearest;
		for (let match = part.pattern.exec(window); match !== null; match = part.pattern.exec(window)) {
			const [start, end] = match.indices?.groups?.secret ?? [];
			if (start !== void 0 && end !== void 0 && end > start && !overlaps(own, from + start, from + end)) {
				const distance = Math.abs(from + start - at);
				if (nearest === void 0 || distance < nearest.distance) nearest = {
					value: text.decode(from + start, from + end),
					distance
				};
			}
			part.pattern.lastIndex = Math.max(match.index + 1, part.pattern.lastIndex);
		}
		if (nearest !== void 0) parts[part.name] = nearest.value;
		else if (part.required) return void 0;
	}
	return parts;
}
function isPlausible(by, value) {
	const { rule } = by;
	const named = rule.randomness === "no-word";
	if (named && !/\d/.test(value)) return false;
	if (rule.generic && rule.checksum === void 0 && value.length <= 256 && !value.startsWith("-----") && (!named && isPlaceholder(value) || isOtherKind(value))) return false;
	const body = by.literals.reduce((rest, literal) => rest.replace(literal.text, ""), value);
	if (isStandIn(body.replace(/\s+/g, ""))) return false;
	if (named) return /\d/.test(body) && (isNoWord(body) || isWalk(body));
	const strict = rule.generic || /^(?:[a-z]+|[A-Z]+)$/.test(body);
	return !rule.randomness || (strict ? looksRandom(body) : isNoWord(body));
}
function isChosen(rule) {
	return rule.generic && rule.checksum === void 0 && (rule.randomness ?? false) === false;
}
function isInWord(bytes, start) {
	return isLetter(bytes[start - 1] ?? 0) && isLetter(bytes[start] ?? 0) && !endsEscape(bytes, start);
}
function isLetter(byte) {
	return (byte | 32) >= 97 && (byte | 32) <= 122;
}
function isWords(by, value) {
	if (by.rule.generic || by.rule.checksum !== void 0) return false;
	return !isNoWord(by.literals.reduce((rest, literal) => rest.replace(literal.text, ""), value));
}
function candidatesAt(text, anchor, at, into) {
	if (anchor.encoded !== void 0) {
		const found = encodedAt(text, anchor, anchor.encoded, at);
		if (found) into.push(found);
		return;
	}
	const matched = matchedAt(text, anchor, at);
	if (matched === void 0) return;
	const candidate = judged(text, anchor, at, matched);
	if (candidate) into.push(candidate);
	for (const next of furtherAt(text, anchor, at, matched)) {
		const another = judged(text, anchor, at, next);
		if (another) into.push(another);
	}
}
function matchedAt(text, anchor, at) {
	return anchor.by.rule.value === void 0 ? matchAt(text, anchor, at) : assignedAt(text, anchor, at);
}
function judged(text, anchor, at, matched) {
	const { by, literal } = anchor;
	const { rule } = by;
	if (by.near) {
		const from = Math.max(0, at - NEAR_WORDS);
		if (!by.near.test(text.slice(from, Math.min(text.bytes.length, at + NEAR_WORDS)))) return void 0;
	}
	const { start, end } = matched;
	const [least, most] = [Math.max(0, at - by.reach), Math.min(text.bytes.length, at + by.reach)];
	if (start !== at && isDigest(text, start, end, least, most)) return void 0;
	if (isInBlob(text.bytes, start, end, least, most)) return void 0;
	if ((at + literal.bytes.length <= start || at >= end) && isNameInBase64(text.bytes, at, least)) return void 0;
	const value = text.decode(start, end);
	if (isInWord(text.bytes, start) && isWords(by, value)) return void 0;
	if (!(rule.value !== void 0 && rule.generic) && !isPlausible(by, value)) return void 0;
	if (isChosen(rule) && isSaidUser(text, value, start, end, least, most)) return void 0;
	const parts = partsNear(text, by, at, matched);
	if (parts === void 0) return void 0;
	const checked = rule.checksum === void 0 ? "holds" : judgeChecksum(rule.checksum, value);
	if (checked === "other" || isPublished(value)) return void 0;
	const doubt = checked === "malformed" ? checked : rule.services.length > 1 ? "ambiguous" : void 0;
	return {
		by,
		anchor: at,
		literal: literal.bytes.length,
		...matched,
		value,
		parts,
		doubt
	};
}
function encodedAt(text, anchor, encoded, at) {
	const decoded = decodeAround(text.bytes, at, encoded, anchor.by.reach);
	if (decoded === void 0) return void 0;
	if (isHopeless$1(decoded.bytes, anchor, decoded.anchor)) return void 0;
	const plain = new Text$1(decoded.bytes);
	const matched = matchedAt(plain, anchor, decoded.anchor);
	const inner = matched && judged(plain, anchor, decoded.anchor, matched);
	return inner && {
		...inner,
		...decoded.outer(inner.start, inner.end),
		anchor: at
	};
}
var NEAR_WORDS;
var init_candidate = __esmMin((() => {
	init_assigned();
	init_boundary();
	init_checksum();
	init_digest();
	init_encoded();
	init_match();
	init_placeholder();
	init_published();
	init_randomness();
	init_said_user();
	init_text$1();
	NEAR_WORDS = 256;
}));
// src/model/chunk.ts
var CONTEXT;
var init_chunk = __esmMin((() => {
	CONTEXT = 16384;
}));
// src/model/secret.ts
function packSecret(secret) {
	return {
		bytes: Buffer.from(open(secret), "utf8"),
		shown: shownOf(secret)
	};
}
var NOTHING$1, SHORTEST_WITH_ENDING, open, shownOf, Secret, FingerprintKey;
var init_secret = __esmMin((() => {
	NOTHING$1 = {
		start: 0,
		end: 0
	};
	SHORTEST_WITH_ENDING = 20;
	Secret = class {
		#value;
		#shown;
		static {
			open = (secret) => secret.#value;
			shownOf = (secret) => secret.#shown;
		}
		constructor(value, shown = NOTHING$1) {
			this.#value = value;
			const long = value.length >= SHORTEST_WITH_ENDING;
			this.#shown = {
				start: Math.min(shown.start, value.length >> 1),
				end: long ? Math.min(shown.end, 4) : 0
			};
		}
		get length() {
			return this.#value.length;
		}
		get preview() {
			const { start, end } = this.#shown;
			return `${this.#value.slice(0, start).replace(/[^\x21-\x7e]/g, "?")}…${end > 0 ? this.#value.slice(-end).replace(/[^\x21-\x7e]/g, "?") : `(${this.#value.length})`}`;
		}
		toString() {
			return this.preview;
		}
		toJSON() {
			return this.preview;
		}
		[Symbol.toPrimitive]() {
			return this.preview;
		}
		[Symbol.for("nodejs.util.inspect.custom")]() {
			return `Secret(${this.preview})`;
		}
	};
	FingerprintKey = class {
		#key;
		#seen = new WeakMap();
		constructor(bytes) {
			if (bytes.length < 16) throw new RangeError("a fingerprint key has 16 bytes or more");
			this.#key = createSecretKey(bytes);
		}
		fingerprint(secret) {
			const known = this.#seen.get(secret);
			if (known) return known;
			const made = this.fingerprintOf(hash("sha256", open(secret), "hex"));
			this.#seen.set(secret, made);
			return made;
		}
		fingerprintOf(sha256) {
			const hex = typeof sha256 === "string" ? sha256 : Buffer.from(sha256).toString("hex");
			if (!/^[0-9a-f]{64}$/.test(hex)) throw new RangeError("a SHA-256 has 32 bytes");
			return this.#mac(`sha256:${hex}`);
		}
		derived(purpose) {
			return this.#mac(`keyburn: ${purpose}`);
		}
		#mac(message) {
			return createHmac("sha256", this.#key).update(message, "utf8").digest("hex");
		}
		toJSON() {
			return "FingerprintKey";
		}
		[Symbol.for("nodejs.util.inspect.custom")]() {
			return "FingerprintKey";
		}
	};
}));
// src/model/index.ts
var init_model = __esmMin((() => {
	init_chunk();
	init_secret();
}));
// src/detect/claims.ts
function compare$1(a, b) {
	return Number(a.by.rule.generic) - Number(b.by.rule.generic) || Number(a.doubt === "malformed") - Number(b.doubt === "malformed") || b.end - b.start - (a.end - a.start) || b.literal - a.literal || (a.by.rule.id < b.by.rule.id ? -1 : a.by.rule.id > b.by.rule.id ? 1 : 0) || a.start - b.start || a.anchor - b.anchor;
}
function beats(rival, candidate) {
	if (rival.start >= candidate.end || candidate.start >= rival.end) return false;
	return rival.anchor >= candidate.start - RIVALS && rival.anchor < candidate.end + RIVALS && compare$1(rival, candidate) < 0;
}
function settle(candidates) {
	const sorted = [...candidates].sort((a, b) => a.start - b.start || a.end - b.end);
	const longest = sorted.reduce((most, one) => Math.max(most, one.end - one.start), 0);
	const kept = [];
	for (let i = 0; i < sorted.length; i++) {
		const candidate = sorted[i];
		if (!candidate) continue;
		let beaten = false;
		for (let j = i - 1; !beaten && j >= 0; j--) {
			const rival = sorted[j];
			if (!rival || rival.start + longest <= candidate.start) break;
			beaten = beats(rival, candidate);
		}
		for (let j = i + 1; !beaten && j < sorted.length; j++) {
			const rival = sorted[j];
			if (!rival || rival.start >= candidate.end) break;
			beaten = beats(rival, candidate);
		}
		if (!beaten) kept.push(candidate);
	}
	return kept;
}
var RIVALS;
var init_claims = __esmMin((() => {
	init_model();
	RIVALS = 512;
}));
// src/detect/shape.ts
function widest(node) {
	switch (node.kind) {
		case "set": return 1;
		case "seq": return node.items.reduce((sum, item) => sum + widest(item), 0);
		case "alt": return Math.max(...node.branches.map(widest));
		case "repeat": {
			const one = widest(node.node);
			return one === 0 ? 0 : one * node.max;
		}
		case "look":
		case "edge": return 0;
	}
}
function heads(rest, into) {
	if (rest === void 0) return true;
	const { node, next } = rest;
	switch (node.kind) {
		case "set":
			into.push({
				set: node.set,
				narrow: node.narrow,
				next
			});
			return false;
		case "seq": {
			let list = next;
			for (let i = node.items.length - 1; i >= 0; i--) {
				const item = node.items[i];
				if (item) list = {
					node: item,
					next: list
				};
			}
			return heads(list, into);
		}
		case "alt": return node.branches.map((branch) => heads({
			node: branch,
			next
		}, into)).includes(true);
		case "repeat": {
			if (node.max === 0) return heads(next, into);
			const again = {
				node: {
					...node,
					min: Math.max(0, node.min - 1),
					max: node.max - 1
				},
				next
			};
			const ends = node.min === 0 && heads(next, into);
			return widest(node.node) === 0 ? ends || heads(next, into) : heads({
				node: node.node,
				next: again
			}, into) || ends;
		}
		case "look":
		case "edge": return heads(next, into);
	}
}
function following(rest, literal) {
	let states = [rest];
	for (const byte of literal) {
		const next = [];
		for (const state of states) {
			const into = [];
			heads(state, into);
			for (const head of into) if (head.narrow && head.set[byte] === 1) next.push(head.next);
		}
		if (next.length === 0 || next.length > 64) return void 0;
		states = next;
	}
	const bytes = new Uint8Array(256);
	for (const state of states) {
		const into = [];
		if (heads(state, into)) bytes.fill(1);
		for (const head of into) for (let byte = 0; byte < 256; byte++) if (head.set[byte] === 1) bytes[byte] = 1;
	}
	return {
		next: bytes,
		behind: states.length === 1 ? behindOf$1(states[0]) : void 0
	};
}
function firstBytes(pattern) {
	const bytes = new Uint8Array(256);
	const into = [];
	if (heads({
		node: pattern,
		next: void 0
	}, into)) return bytes.fill(1);
	for (const head of into) for (let byte = 0; byte < 256; byte++) if (head.set[byte] === 1) bytes[byte] = 1;
	return bytes;
}
function behindOf$1(rest) {
	if (rest === void 0) return void 0;
	const { node, next } = rest;
	switch (node.kind) {
		case "look":
		case "edge": return behindOf$1(next);
		case "seq": return behindOf$1(node.items.reduceRight((list, item) => ({
			node: item,
			next: list
		}), next));
		case "repeat": {
			if (node.node.kind !== "set") return void 0;
			const { set } = node.node;
			const into = [];
			if (heads(next, into)) return void 0;
			const until = new Uint8Array(256);
			for (const head of into) for (let byte = 0; byte < 256; byte++) if (head.set[byte] === 1) until[byte] = 1;
			return until.some((member, byte) => member === 1 && set[byte] === 1) ? void 0 : {
				set,
				most: node.max,
				until
			};
		}
		case "set":
		case "alt": return;
	}
}
function anchorings(pattern, literals) {
	const found = literals.map(() => void 0);
	const visit = (node, after, before) => {
		switch (node.kind) {
			case "set": {
				let any = false;
				for (const [i, literal] of node.narrow ? literals.entries() : []) {
					const follow = node.set[literal[0] ?? 0] === 1 ? following({
						node,
						next: after
					}, literal) : void 0;
					if (follow === void 0) continue;
					const known = found[i];
					found[i] = {
						lead: Math.max(before, known?.lead ?? 0),
						next: follow.next.map((member, byte) => member | (known?.next[byte] ?? 0)),
						behind: known === void 0 ? follow.behind : void 0
					};
					any = true;
				}
				return any;
			}
			case "look":
			case "edge": return false;
			case "alt": return node.branches.map((branch) => visit(branch, after, before)).every(Boolean);
			case "repeat": {
				const { node: inner, min, max } = node;
				const again = {
					node: {
						...node,
						min: Math.max(0, min - 1),
						max: max - 1
					},
					next: after
				};
				return visit(inner, max > 1 ? again : after, before) && min > 0;
			}
			case "seq": {
				let offset = before;
				for (const [i, item] of node.items.entries()) {
					const rest = {
						node: {
							kind: "seq",
							items: node.items.slice(i + 1)
						},
						next: after
					};
					if (visit(item, rest, offset)) return true;
					offset += widest(item);
				}
				return false;
			}
		}
	};
	visit(pattern, void 0, 0);
	return found;
}
function startRun(node) {
	switch (node.kind) {
		case "set": return {
			count: node.inRun ? 1 : 0,
			whole: node.inRun
		};
		case "seq": {
			let count = 0;
			for (const item of node.items) {
				const part = startRun(item);
				count += part.count;
				if (!part.whole) return {
					count,
					whole: false
				};
			}
			return {
				count,
				whole: true
			};
		}
		case "alt": {
			const parts = node.branches.map(startRun);
			return {
				count: Math.min(...parts.map((part) => part.count)),
				whole: parts.every((part) => part.whole)
			};
		}
		case "repeat": {
			const one = startRun(node.node);
			return {
				count: one.whole ? one.count * node.min : node.min > 0 ? one.count : 0,
				whole: one.whole
			};
		}
		case "look":
		case "edge": return {
			count: 0,
			whole: true
		};
	}
}
// src/detect/demand.ts
function demandsOf(pattern, known = 0) {
	const [best, ...others] = weigh(pattern, 0, 0, known).sort((a, b) => b.bits - a.bits);
	if (best === void 0) return [];
	const other = others.find(({ demand }) => demand.from >= best.demand.from + best.demand.count || demand.to < best.demand.from);
	return [best, ...other ? [other] : []].slice(0, MOST$1).map(({ demand }) => demand);
}
function weigh(node, from, to, known) {
	const items = flat(node);
	const stretches = items.map(stretchOf);
	const found = [];
	let first = from;
	let last = to;
	items.forEach((item, i) => {
		const row = last < known ? void 0 : bestRow(items, stretches, i, first, last);
		if (row) found.push(row);
		if (item.kind === "alt" && !item.branches.every(isSpelt)) {
			const joined = join(item.branches.map((branch) => best(weigh(branch, first, last, known))));
			if (joined) add(found, joined);
		}
		if (item.kind === "repeat" && item.min > 0) found.push(...weigh(item.node, first, last, known));
		first += stretches[i]?.least ?? 0;
		last += stretches[i]?.most ?? 0;
	});
	return found;
}
function bestRow(items, stretches, begin, from, to) {
	const set = new Uint8Array(256);
	let share = 0;
	let count = 0;
	let row;
	for (let end = begin; end < stretches.length; end++) {
		const stretch = stretches[end] ?? EMPTY;
		for (const byte of stretch.bytes) {
			share += set[byte] === 1 ? 0 : SHARE[byte] ?? 0;
			set[byte] = 1;
		}
		if (share > COMMON) break;
		count += stretch.least;
		const bits = worth(share, count, from, to);
		if (stretch.least > 0 && bits > (row?.bits ?? WORTH)) row = {
			bits,
			count,
			end
		};
	}
	if (row === void 0) return void 0;
	set.fill(0);
	for (const { bytes } of stretches.slice(begin, row.end + 1)) for (const byte of bytes) set[byte] = 1;
	const until = endOf(items, row.end + 1, set);
	return {
		demand: {
			set,
			count: row.count,
			from,
			to,
			until
		},
		bits: row.bits
	};
}
function endOf(items, from, set) {
	for (const item of items.slice(from)) {
		if (item.kind !== "look" && item.kind !== "edge") return void 0;
		const allowed = item.kind === "look" && !item.behind ? nextOf(item) : void 0;
		if (allowed !== void 0 && isApart$1(set, allowed)) return allowed;
	}
}
function nextOf({ node, negative }) {
	const all = new Uint8Array(256);
	for (const branch of node.kind === "alt" ? node.branches : [node]) {
		const [one, ...more] = flat(branch);
		if (one === void 0 || more.length > 0) return void 0;
		if (one.kind === "edge" && one.of === "$") continue;
		if (one.kind !== "set") return void 0;
		for (let byte = 0; byte < 256; byte++) all[byte] = (all[byte] ?? 0) | (one.set[byte] ?? 0);
	}
	return negative ? all.map((member) => 1 - member) : all;
}
function isApart$1(a, b) {
	return !a.some((member, byte) => member === 1 && b[byte] === 1);
}
function add(found, demand) {
	const bits = worth(demand.set.reduce((sum, member, byte) => sum + (member === 1 ? SHARE[byte] ?? 0 : 0), 0), demand.count, demand.from, demand.to);
	if (bits > WORTH) found.push({
		demand,
		bits
	});
}
function worth(share, count, from, to) {
	const places = Math.min(to, 1024) - from + 1;
	return Math.max(-Math.log2(Math.max(share, 1e-6)), share < .85 ? .7 : 0) * Math.min(count, ENOUGH) - Math.log2(places);
}
function best(found) {
	return found.reduce((most, one) => most && most.bits >= one.bits ? most : one, void 0)?.demand;
}
function isSpelt(node) {
	return flat(node).every((item) => item.kind === "set" && item.narrow);
}
function join(branches) {
	return branches.reduce((a, b) => {
		if (a === void 0 || b === void 0) return void 0;
		const set = a.set.map((member, byte) => member | (b.set[byte] ?? 0));
		const until = a.until && b.until && a.until.map((member, byte) => member | (b.until?.[byte] ?? 0));
		return {
			set,
			until: until !== void 0 && isApart$1(set, until) ? until : void 0,
			count: Math.min(a.count, b.count),
			from: Math.min(a.from, b.from),
			to: Math.max(a.to, b.to)
		};
	});
}
function flat(node) {
	return node.kind === "seq" ? node.items.flatMap(flat) : [node];
}
function membersOf(set) {
	const known = members.get(set) ?? Uint8Array.from(ALL.filter((byte) => set[byte] === 1));
	members.set(set, known);
	return known;
}
function stretchOf(node) {
	switch (node.kind) {
		case "set": return {
			bytes: membersOf(node.set),
			least: 1,
			most: 1
		};
		case "look":
		case "edge": return EMPTY;
		case "repeat": {
			const one = stretchOf(node.node);
			return {
				bytes: one.bytes,
				least: one.least * node.min,
				most: widest(node)
			};
		}
		case "alt":
		case "seq": {
			const parts = (node.kind === "alt" ? node.branches : node.items).map(stretchOf);
			const bytes = Uint8Array.from(new Set(parts.flatMap((part) => [...part.bytes])));
			const leasts = parts.map((part) => part.least);
			return {
				bytes,
				least: node.kind === "alt" ? Math.min(...leasts) : leasts.reduce((sum, one) => sum + one, 0),
				most: widest(node)
			};
		}
	}
}
var SHARE, ENOUGH, COMMON, ALL, MOST$1, WORTH, EMPTY, members;
var init_demand = __esmMin((() => {
	SHARE = Float64Array.from({ length: 256 }, (_, byte) => {
		const char = String.fromCharCode(byte);
		if (/[a-z]/.test(char)) return .58 / 26;
		if (/[A-Z]/.test(char)) return .08 / 26;
		if (/[0-9]/.test(char)) return .07 / 10;
		if (char === " ") return .13;
		if (char === "\n") return .02;
		return byte > 32 && byte < 127 ? .11 / 32 : .01 / 162;
	});
	ENOUGH = 48;
	COMMON = .97;
	ALL = Array.from({ length: 256 }, (_, byte) => byte);
	MOST$1 = 2;
	WORTH = 1;
	EMPTY = {
		bytes: new Uint8Array(0),
		least: 0,
		most: 0
	};
	members = new WeakMap();
}));
// src/detect/pattern.ts
function isNarrow(set) {
	let count = 0;
	for (let byte = 0; byte < 256 && count <= NARROW; byte++) count += set[byte] ?? 0;
	return count <= NARROW;
}
function ofSet(set) {
	return {
		kind: "set",
		set,
		narrow: isNarrow(set),
		inRun: set.every((member, byte) => member <= (RUN[byte] ?? 0))
	};
}
function known$1(key, make) {
	const old = sets$1.get(key);
	if (old) return old;
	const made = make();
	sets$1.set(key, made);
	return made;
}
function setOf(test) {
	const set = new Uint8Array(256);
	for (let byte = 0; byte < 256; byte++) if (test(byte)) set[byte] = 1;
	return set;
}
function folded(set) {
	const both = Uint8Array.from(set);
	for (let upper = 65; upper <= 90; upper++) if (set[upper] === 1 || set[upper | 32] === 1) both[upper] = both[upper | 32] = 1;
	return both;
}
function parsePattern(source, fold) {
	let at = 0;
	let ignoreCase = fold;
	const single = (byte) => {
		if (byte > 255) throw new PatternError("a character outside of latin1; write its UTF-8 bytes as \\xHH");
		return known$1(`${ignoreCase} ${byte}`, () => {
			const set = setOf((other) => other === byte);
			return ofSet(ignoreCase ? folded(set) : set);
		});
	};
	const hex = (digits) => {
		const text = source.slice(at, at + digits);
		if (!new RegExp(`^[0-9a-fA-F]{${digits}}$`).test(text)) throw new PatternError("an incomplete \\x or \\u");
		at += digits;
		return Number.parseInt(text, 16);
	};
	const escaped = () => {
		const char = source[at++];
		if (char === void 0) throw new PatternError("a backslash at the end");
		const known = CLASSES[char];
		if (known) return known;
		const control = CONTROLS[char];
		if (control !== void 0) return control;
		if (char === "x") return hex(2);
		if (char === "u") return hex(4);
		if (/[1-9k]/.test(char)) throw new PatternError("a backreference; rules have none");
		if (/[pP]/.test(char)) throw new PatternError("\\p; rules match bytes, write the class out");
		return char.charCodeAt(0);
	};
	const charClass = () => {
		const begin = at;
		const negative = source[at] === "^";
		if (negative) at++;
		const set = new Uint8Array(256);
		const one = () => {
			const char = source[at++];
			if (char === void 0) throw new PatternError("an unclosed [");
			if (char !== "\\") return char.charCodeAt(0);
			if (source[at] === "b") {
				at++;
				return 8;
			}
			return escaped();
		};
		while (source[at] !== "]") {
			const from = one();
			if (typeof from !== "number") {
				for (let byte = 0; byte < 256; byte++) if (from[byte] === 1) set[byte] = 1;
				continue;
			}
			let to = from;
			if (source[at] === "-" && source[at + 1] !== "]") {
				at++;
				const end = one();
				if (typeof end !== "number") throw new PatternError("a range that ends in a class");
				to = end;
			}
			for (let byte = from; byte <= Math.min(to, 255); byte++) set[byte] = 1;
		}
		at++;
		return known$1(`${ignoreCase} [${source.slice(begin, at)}`, () => {
			const full = ignoreCase ? folded(set) : set;
			return ofSet(negative ? negate(full) : full);
		});
	};
	const group = () => {
		const before = ignoreCase;
		const make = () => {
			if (source[at] !== "?") return alternatives();
			const head = /^\?(?:(:)|(<?[=!])|<[A-Za-z]\w*>|([ims]*)(?:-([ims]+))?:)/.exec(source.slice(at));
			if (!head) throw new PatternError("a group of an unknown kind");
			at += head[0].length;
			if (head[3]?.includes("i")) ignoreCase = true;
			if (head[4]?.includes("i")) ignoreCase = false;
			const node = alternatives();
			const look = head[2];
			if (look === void 0) return node;
			return {
				kind: "look",
				node,
				behind: look.startsWith("<"),
				negative: look.endsWith("!")
			};
		};
		const node = make();
		if (source[at++] !== ")") throw new PatternError("an unclosed (");
		ignoreCase = before;
		return node;
	};
	const atom = () => {
		const char = source[at++] ?? "";
		if (char === "(") return group();
		if (char === "[") return charClass();
		if (char === ".") return known$1(".", () => ofSet(DOT));
		if (char === "^" || char === "$") return {
			kind: "edge",
			of: char
		};
		if (/[*+?]/.test(char)) throw new PatternError("a quantifier with nothing before it");
		if (char !== "\\") return single(char.charCodeAt(0));
		if (source[at] === "b" || source[at] === "B") return {
			kind: "edge",
			of: source[at++] === "b" ? "b" : "B"
		};
		const value = escaped();
		if (typeof value === "number") return single(value);
		return known$1(`\\${source.charAt(at - 1)}`, () => ofSet(value));
	};
	const sequence = () => {
		const items = [];
		while (at < source.length && source[at] !== "|" && source[at] !== ")") {
			let node = atom();
			const count = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})(\??)/.exec(source.slice(at));
			if (count) {
				at += count[0].length;
				const [, sign, low, comma, high, lazy] = count;
				const min = sign === void 0 ? Number(low) : sign === "+" ? 1 : 0;
				const max = sign !== void 0 ? sign === "?" ? 1 : Number.POSITIVE_INFINITY : high ? Number(high) : comma ? Number.POSITIVE_INFINITY : min;
				node = {
					kind: "repeat",
					node,
					min,
					max,
					lazy: lazy === "?"
				};
			}
			items.push(node);
		}
		const [only] = items;
		return items.length === 1 && only ? only : {
			kind: "seq",
			items
		};
	};
	const alternatives = () => {
		const branches = [sequence()];
		while (source[at] === "|") {
			at++;
			branches.push(sequence());
		}
		const [only] = branches;
		return branches.length === 1 && only ? only : {
			kind: "alt",
			branches
		};
	};
	const whole = alternatives();
	if (at < source.length) throw new PatternError("a ) too many");
	return whole;
}
var NARROW, sets$1, PatternError, matches, RUN, DIGIT, WORD, SPACE, DOT, negate, CLASSES, CONTROLS;
var init_pattern = __esmMin((() => {
	NARROW = 8;
	sets$1 = new Map();
	PatternError = class extends Error {};
	matches = (pattern) => setOf((byte) => pattern.test(String.fromCharCode(byte)));
	RUN = matches(/[A-Za-z0-9_\-+/=.]/);
	DIGIT = matches(/\d/);
	WORD = matches(/\w/);
	SPACE = matches(/\s/);
	DOT = matches(/./);
	negate = (set) => setOf((byte) => set[byte] === 0);
	CLASSES = {
		d: DIGIT,
		D: negate(DIGIT),
		w: WORD,
		W: negate(WORD),
		s: SPACE,
		S: negate(SPACE)
	};
	CONTROLS = {
		n: 10,
		r: 13,
		t: 9,
		v: 11,
		f: 12,
		"0": 0
	};
}));
// src/detect/outline.ts
function outlineOf(rule) {
	const made = known.get(rule) ?? draw(rule);
	known.set(rule, made);
	return made;
}
function remember(rule, outline) {
	known.set(rule, outline);
}
function draw(rule) {
	const node = parsePattern(rule.pattern ?? "(?<secret>[^\\r\\n]+)", rule.fold);
	const spelt = rule.value === void 0 && rule.pattern !== void 0;
	const literals = rule.literals.map((literal) => literalBytes(rule, literal));
	const places = spelt ? anchorings(node, literals).map((place) => place ? {
		lead: bounded(place.lead),
		next: toBits(place.next),
		behind: place.behind === void 0 ? null : behindOf(place.behind, rule.fold)
	} : null) : [];
	const known = places.every((place) => place?.lead === 0) ? Math.min(...literals.map(({ length }) => length)) : 0;
	return {
		first: toBits(firstBytes(node)),
		run: startRun(node).count,
		places,
		rows: spelt ? demandsOf(node, known).map((demand) => rowOf(demand, rule.fold)) : []
	};
}
function rowOf({ set, count, from, to, until }, fold) {
	const all = fold ? withLatin(set) : set;
	const end = until && fold ? withLatin(until) : until;
	const ended = end !== void 0 && isApart$1(all, end);
	return {
		set: toBits(all),
		count,
		from,
		to: bounded(to),
		until: ended ? toBits(end) : null
	};
}
function behindOf({ set, most, until }, fold) {
	const [all, end] = fold ? [withLatin(set), withLatin(until)] : [set, until];
	return isApart$1(all, end) ? {
		set: toBits(all),
		most: bounded(most),
		until: toBits(end)
	} : null;
}
function bounded(count) {
	return Number.isFinite(count) ? count : null;
}
function withLatin(set) {
	return set.subarray(128).includes(1) ? set.map((member, byte) => byte > 127 ? 1 : member) : set;
}
function literalBytes(rule, literal) {
	return Buffer.from(rule.fold ? literal.toLowerCase() : literal);
}
function toBits(set) {
	const bits = new Uint8Array(32);
	for (let byte = 0; byte < 256; byte += 1) if (set[byte] === 1) bits[byte >> 3] = (bits[byte >> 3] ?? 0) | 1 << (byte & 7);
	return Buffer.from(bits).toString("base64");
}
function fromBits(bits) {
	const made = sets.get(bits);
	if (made) return made;
	const packed = Buffer.from(bits, "base64");
	const set = new Uint8Array(256);
	for (let byte = 0; byte < 256; byte++) set[byte] = packed[byte >> 3] >> (byte & 7) & 1;
	sets.set(bits, set);
	return set;
}
var known, sets;
var init_outline = __esmMin((() => {
	init_demand();
	init_pattern();
	known = new WeakMap();
	sets = new Map();
}));
// src/detect/compile.ts
function withFlags(source, flags, fold) {
	return new RegExp(source, fold ? `${flags}i` : flags);
}
function spellings(bytes, next) {
	if (bytes.length >= 3) return [bytes];
	if (next === void 0 || bytes.length < 2) return void 0;
	const following = [...next.keys()].filter((byte) => next[byte] === 1);
	return following.length > MOST_SPELLINGS ? void 0 : following.map((byte) => Buffer.from([...bytes, byte]));
}
function compileRule(rule, index) {
	return new Runnable(rule, index);
}
var FARTHEST, ENCODED_LEAD, MOST_SPELLINGS, Runnable;
var init_compile = __esmMin((() => {
	init_model();
	init_outline();
	FARTHEST = CONTEXT - 2048;
	ENCODED_LEAD = 128;
	MOST_SPELLINGS = 80;
	Runnable = class {
		rule;
		index;
		reach;
		far;
		first;
		encoded;
		literals;
		#source;
		#here;
		#search;
		#whole;
		#more;
		#near;
		#parts;
		constructor(rule, index) {
			const outline = outlineOf(rule);
			this.rule = rule;
			this.index = index;
			this.#source = rule.pattern ?? "(?<secret>[^\\r\\n]+)";
			this.reach = Math.min(rule.reach, FARTHEST);
			this.far = this.reach > 512;
			this.first = fromBits(outline.first);
			const rows = outline.rows.map(({ set, count, from, to, until }) => ({
				set: fromBits(set),
				count,
				from,
				to: to ?? this.reach,
				until: until === null ? void 0 : fromBits(until)
			}));
			this.literals = rule.literals.map((text, i) => this.#literal(text, outline, outline.places[i] ?? void 0, rows));
			this.encoded = (rule.encoded ?? !rule.generic) && !rule.fold && this.literals.every((one) => one.lead <= ENCODED_LEAD && one.bytes.length >= 4);
		}
		get here() {
			this.#here ??= withFlags(this.#source, "dy", this.rule.fold);
			return this.#here;
		}
		get search() {
			this.#search ??= withFlags(this.#source, "g", this.rule.fold);
			return this.#search;
		}
		get whole() {
			const { value, pattern, fold } = this.rule;
			if (value === void 0 || pattern === void 0) return void 0;
			this.#whole ??= withFlags(`^(?:${pattern})$`, "d", fold);
			return this.#whole;
		}
		get more() {
			const { more, fold } = this.rule;
			if (more === void 0) return void 0;
			this.#more ??= withFlags(more, "dy", fold);
			return this.#more;
		}
		get near() {
			if (this.rule.near === void 0) return void 0;
			this.#near ??= new RegExp(this.rule.near.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "i");
			return this.#near;
		}
		get parts() {
			this.#parts ??= Object.entries(this.rule.parts).map(([name, part]) => ({
				name,
				pattern: withFlags(part.pattern, "dg", this.rule.fold),
				within: part.within,
				required: part.required
			}));
			return this.#parts;
		}
		#literal(text, outline, place, rows) {
			const bytes = literalBytes(this.rule, text);
			const next = place && fromBits(place.next);
			const lead = Math.min(place ? place.lead ?? this.reach : this.reach, this.reach);
			const behind = place?.behind && {
				set: fromBits(place.behind.set),
				most: place.behind.most ?? this.reach,
				until: fromBits(place.behind.until)
			};
			const inRun = place?.lead === 0 && outline.run >= Math.max(16, bytes.length);
			return {
				text,
				length: bytes.length,
				bytes,
				spellings: spellings(bytes, next) ?? [],
				run: inRun ? 16 : 0,
				lead,
				gate: {
					length: bytes.length,
					next,
					behind: behind ?? void 0,
					lead,
					rows,
					reach: this.reach
				}
			};
		}
	};
}));
// src/detect/allow.ts
function isAllowed(text, { anchor, start, end, by }) {
	const reach = Math.max(512, by.reach);
	const from = Math.max(0, anchor - reach);
	const to = Math.min(text.bytes.length, anchor + reach);
	const before = from < start ? text.slice(from, start) : "";
	const behind = end < to ? text.slice(end, to) : "";
	const line = `${before.slice(before.lastIndexOf("\n") + 1)}\n${behind.split("\n", 1)[0] ?? ""}`;
	return /(?<![\w:-])keyburn:allow(?![\w-])/.test(line);
}
var init_allow = __esmMin((() => {
	init_model();
}));
// src/detect/finding.ts
function prefixLength(by, value) {
	const head = value.toLowerCase();
	let longest = 0;
	for (const literal of by.literals) if (literal.text.length > longest && head.startsWith(literal.text.toLowerCase())) longest = literal.text.length;
	return longest;
}
function toFinding(candidate, chunk, text, span, doubt) {
	const { rule } = candidate.by;
	const parts = {};
	for (const [name, value] of Object.entries(candidate.parts)) parts[name] = new Secret(value);
	return {
		rule: {
			id: rule.id,
			title: rule.title,
			severity: rule.severity,
			...rule.docs === void 0 ? {} : { docs: rule.docs }
		},
		services: rule.services,
		secret: new Secret(candidate.value, {
			start: rule.generic ? 0 : prefixLength(candidate.by, candidate.value),
			end: rule.generic ? 0 : 4
		}),
		parts,
		environment: rule.environment ?? "unknown",
		...doubt === void 0 ? {} : { doubt },
		allowed: isAllowed(text, candidate),
		origin: chunk.origin,
		span
	};
}
var init_finding = __esmMin((() => {
	init_model();
	init_allow();
}));
// src/detect/search.ts
function wantedBy(rules) {
	const wanted = new Map();
	const add = (literal, owner, gate, always) => {
		const key = `${literal.fold}:${literal.run}:${Buffer.from(literal.bytes).toString("latin1")}`;
		const known = wanted.get(key);
		if (known === void 0) wanted.set(key, {
			literal,
			owners: [owner],
			gates: [gate],
			always
		});
		else {
			known.owners.push(owner);
			known.gates.push(gate);
			known.always ||= always;
		}
	};
	for (const { rule, index, far, encoded, literals } of rules) {
		const loose = looseLength(rule);
		for (const [number, literal] of literals.entries()) {
			const { bytes, spellings, run } = literal;
			const gate = gateOf(literal, loose);
			for (const spelling of spellings) add({
				bytes: spelling,
				fold: rule.fold,
				run
			}, [
				index,
				number,
				0
			], gate, far);
			if (!encoded) continue;
			for (const [form, { text }] of encodedLiterals(bytes).entries()) add({
				bytes: Buffer.from(text),
				fold: false,
				run: 16
			}, [
				index,
				number,
				form + 1
			], gate, true);
		}
	}
	return [...wanted.values()];
}
function gateOf({ gate }, loose) {
	const words = LOOSE_WORDS.find(({ short }) => short === loose);
	return words === void 0 ? gate : {
		...gate,
		words
	};
}
function gated({ literal, gates, always }) {
	return always ? literal : {
		...literal,
		gates
	};
}
function literalsOf(rules) {
	return wantedBy(rules).map(gated);
}
function searchFor(rules) {
	const wanted = wantedBy(rules);
	const starts = new Uint32Array(wanted.length + 1);
	for (const [i, { owners }] of wanted.entries()) starts[i + 1] = (starts[i] ?? 0) + owners.length;
	const owners = Uint32Array.from(wanted.flatMap((one) => one.owners.flat()));
	return {
		tables: compile(wanted.map(gated)),
		starts,
		owners
	};
}
function looseLength({ value, pattern, generic, randomness }) {
	if (value === void 0 || !(generic || pattern === void 0)) return 0;
	return randomness === false ? Number.POSITIVE_INFINITY : 20;
}
var LOOSE_WORDS;
var init_search = __esmMin((() => {
	init_encoded();
	init_kernel();
	init_match();
	init_prose();
	LOOSE_WORDS = [20, Number.POSITIVE_INFINITY].map((short) => ({
		...NAME_WORDS,
		short
	}));
}));
// src/detect/rule-cache.ts
function withOutlines(set, outlines) {
	for (const [i, rule] of set.rules.entries()) {
		const outline = outlines[i];
		if (outline !== void 0) remember(rule, outline);
	}
	return set;
}
function searchOf(set) {
	const made = searches.get(set) ?? searchFor(set.rules.map(compileRule));
	searches.set(set, made);
	return made;
}
function withSearch(set, search) {
	searches.set(set, search);
	return set;
}
var searches;
var init_rule_cache = __esmMin((() => {
	init_compile();
	init_outline();
	init_search();
	searches = new WeakMap();
}));
// src/detect/spans.ts
function spanner(chunk, text) {
	let line = chunk.line;
	let column = chunk.column;
	let counted = 0;
	const after = (at) => {
		const found = text.indexOf(NEWLINE$9, at);
		return found === -1 ? Number.POSITIVE_INFINITY : found;
	};
	let newline = after(0);
	const advance = (to) => {
		for (; newline < to; newline = after(newline + 1)) {
			line++;
			column = 1;
			counted = newline + 1;
		}
		column += text.show(counted, to).length;
		counted = to;
	};
	return (start, end) => {
		advance(start);
		let endLine = line;
		for (let at = newline; at < end - 1; at = after(at + 1)) endLine++;
		return {
			start: chunk.offset + start,
			end: chunk.offset + end,
			line,
			column,
			endLine
		};
	};
}
var NEWLINE$9;
var init_spans$1 = __esmMin((() => {
	NEWLINE$9 = 10;
}));
// src/detect/detector.ts
function apart(ranges) {
	if (isApart(ranges)) return ranges;
	const sorted = [];
	let done = 0;
	for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
		if (to > done) sorted.push({
			from: Math.max(from, done),
			to
		});
		done = Math.max(done, to);
	}
	return sorted;
}
function isApart(ranges) {
	let done = 0;
	for (const { from, to } of ranges) {
		if (from < done || to <= from) return false;
		done = to;
	}
	return true;
}
function offsets(far, chunk) {
	if (far.length === 0) return [];
	return [...new Set(far)].sort((a, b) => a - b).map((at) => at + chunk.offset);
}
function createDetector(set, options = {}) {
	return new Engine(set, options);
}
var Engine;
var init_detector = __esmMin((() => {
	init_canary();
	init_candidate();
	init_claims();
	init_compile();
	init_encoded();
	init_finding();
	init_kernel();
	init_match();
	init_rule_cache();
	init_search();
	init_spans$1();
	init_text$1();
	Engine = class {
		#kernel;
		#search;
		#rules;
		#anchors;
		#set;
		#canaries;
		constructor(set, options = {}) {
			this.#canaries = new Set(options.canaryAccounts);
			this.#set = set;
			this.#search = searchOf(set);
			const { tables, starts } = this.#search;
			this.#rules = set.rules.map(() => void 0);
			this.#anchors = Array.from({ length: starts.length - 1 }, () => void 0);
			this.#kernel = kernelFrom(tables, () => literalsOf(set.rules.map(compileRule)));
		}
		#anchorsOf(literal) {
			const { starts, owners } = this.#search;
			const made = [];
			const first = starts[literal] ?? 0;
			const end = starts[literal + 1] ?? 0;
			for (let i = first; i < end; i++) {
				const [rule = 0, number = 0, form = 0] = owners.subarray(i * 3);
				const by = this.#ruleOf(rule);
				const one = by.literals[number];
				if (one === void 0) throw new Error(`rule ${by.rule.id} has no literal ${number}`);
				const encoded = form === 0 ? void 0 : encodedLiterals(one.bytes)[form - 1];
				const loose = form === 0 ? looseLength(by.rule) : 0;
				made.push({
					by,
					literal: one,
					encoded,
					loose,
					gated: end - first === 1 && form === 0 && !by.far
				});
			}
			this.#anchors[literal] = made;
			return made;
		}
		#ruleOf(index) {
			const known = this.#rules[index];
			if (known !== void 0) return known;
			const rule = this.#set.rules[index];
			if (rule === void 0) throw new Error(`no rule ${index}`);
			const made = compileRule(rule, index);
			this.#rules[index] = made;
			return made;
		}
		#collect(text, from, to, into, far) {
			const hits = this.#kernel.scan(text.bytes, from, to);
			const { bytes } = text;
			const all = this.#anchors;
			for (let i = 0; i < hits.length; i += 2) {
				const at = hits[i];
				const literal = hits[i + 1];
				const anchors = all[literal] ?? this.#anchorsOf(literal);
				for (let j = 0; j < anchors.length; j++) {
					const anchor = anchors[j];
					if (far && anchor.by.far) far.push(at);
					if (anchor.encoded === void 0 && isHopeless$1(bytes, anchor, at)) continue;
					candidatesAt(text, anchor, at, into);
				}
			}
		}
		buffer(size) {
			return this.#kernel.buffer(size);
		}
		claims(chunk) {
			const candidates = [];
			const text = new Text$1(chunk.bytes);
			for (const range of chunk.ranges) this.#collect(text, range.from, range.to, candidates, void 0);
			return candidates;
		}
		look(chunk) {
			const text = new Text$1(chunk.bytes);
			const candidates = [];
			const far = [];
			for (const { from, to } of apart(chunk.ranges)) this.#collect(text, from, to, candidates, far);
			if (candidates.length === 0) return {
				findings: [],
				far: offsets(far, chunk)
			};
			const inside = new Set(candidates);
			this.#rivals(text, chunk, candidates);
			const spanOf = spanner(chunk, text);
			const findings = settle(candidates).filter((candidate) => inside.delete(candidate)).flatMap((candidate) => {
				const seen = spanOf(candidate.start, candidate.end);
				const span = chunk.truly === void 0 ? seen : chunk.truly(seen);
				return span === void 0 ? [] : [toFinding(candidate, chunk, text, span, this.#doubt(candidate))];
			});
			const beaten = [...inside].filter(({ by }) => !by.far).map(({ anchor }) => anchor);
			return {
				findings,
				far: offsets(far, chunk),
				...beaten.length === 0 ? {} : { beaten: offsets(beaten, chunk) }
			};
		}
		#doubt({ value, parts, doubt }) {
			return [value, ...Object.values(parts)].some((one) => isCanary(one, this.#canaries)) ? "canary" : doubt;
		}
		#rivals(text, chunk, candidates) {
			const wanted = candidates.map((one) => ({
				from: Math.max(0, one.start - RIVALS),
				to: Math.min(text.bytes.length, one.end + RIVALS)
			})).sort((a, b) => a.from - b.from);
			const ranges = apart(chunk.ranges);
			let done = 0;
			let next = 0;
			for (const { from, to } of wanted) {
				let at = Math.max(from, done);
				while (at < to) {
					while (next < ranges.length && (ranges[next]?.to ?? 0) <= at) next++;
					const range = ranges[next];
					if (range && range.from <= at) at = range.to;
					else {
						const end = Math.min(to, range?.from ?? to);
						this.#collect(text, at, end, candidates, void 0);
						at = end;
					}
				}
				done = Math.max(done, to);
			}
		}
	};
}));
// src/detect/ignore-file.ts
var init_ignore_file = __esmMin((() => {
	init_model();
}));
// src/detect/faults.ts
var init_faults = __esmMin((() => {
	init_model();
	init_compile();
	init_outline();
	init_pattern();
}));
// src/detect/hostile.ts
var init_hostile = __esmMin((() => {
	init_pattern();
})), LOWER;
var init_template = __esmMin((() => {
	init_checksum();
	LOWER = "abcdefghijklmnopqrstuvwxyz";
	LOWER.toUpperCase();
})), FILLER;
var init_judge = __esmMin((() => {
	init_detector();
	init_faults();
	init_hostile();
	init_template();
	FILLER = "The quick brown fox jumps over the lazy dog.\n".repeat(30);
	`${FILLER}`, `${FILLER}`;
}));
var init_load = __esmMin((() => {
	init_model();
	init_rule_cache();
	join$2(import.meta.dirname + "/../src/detect", "../../rules");
	join$2(import.meta.dirname + "/../src/detect", "../run/rules.json");
}));
// src/detect/redact.ts
var init_redact = __esmMin((() => {
	init_model();
}));
// src/detect/index.ts
var init_detect = __esmMin((() => {
	init_detector();
	init_ignore_file();
	init_judge();
	init_load();
	init_redact();
	init_rule_cache();
	init_template();
}));
var init_git = __esmMin((() => {
	init_model();
	[
		"core.hooksPath=/dev/null",
		"core.fsmonitor=false",
		"protocol.ext.allow=never",
		"log.showSignature=false",
		"core.packedGitWindowSize=4m",
		"core.packedGitLimit=64m"
	].flatMap((setting) => ["-c", setting]);
}));
// src/read/remote.ts
var init_remote = __esmMin((() => {
	init_git();
}));
// src/read/clone.ts
var init_clone = __esmMin((() => {
	init_model();
	init_git();
	init_remote();
}));
// src/read/position.ts
function allNewlines(bytes) {
	return countNewlines(bytes, bytes.length);
}
function countNewlines(bytes, end) {
	let count = 0;
	let at = 0;
	const aligned = Math.min(end, 4 - (bytes.byteOffset & 3) & 3);
	for (; at < aligned; at += 1) if (bytes[at] === NEWLINE$8) count += 1;
	const steps = end - at >> 2;
	const words = steps > 0 ? new Uint32Array(bytes.buffer, bytes.byteOffset + at, steps) : NONE;
	for (let i = 0; i < words.length; i += 1) {
		const mixed = (words[i] ?? 0) ^ FOUR_NEWLINES;
		const others = (mixed & 2139062143) + 2139062143 | mixed;
		count += Math.imul((~others & 2155905152) >>> 7, 16843009) >>> 24;
	}
	for (at += words.length << 2; at < end; at += 1) if (bytes[at] === NEWLINE$8) count += 1;
	return count;
}
var NEWLINE$8, NONE, FOUR_NEWLINES, decoder$1, Position;
var init_position = __esmMin((() => {
	NEWLINE$8 = 10;
	NONE = new Uint32Array(0);
	FOUR_NEWLINES = 168430090;
	decoder$1 = new TextDecoder("utf-8", { ignoreBOM: true });
	Position = class {
		offset = 0;
		line = 1;
		column = 1;
		advance(bytes, count = allNewlines) {
			this.offset += bytes.length;
			const last = bytes.lastIndexOf(NEWLINE$8);
			if (last >= 0) {
				this.line += count(bytes.subarray(0, last + 1));
				this.column = 1;
			}
			this.column += decoder$1.decode(bytes.subarray(last + 1)).length;
		}
	};
}));
// src/read/logs/limit.ts
function isBroken(bytes) {
	let longest = 0;
	let times = 0;
	for (let at = 0;;) {
		const newline = bytes.indexOf(NEWLINE$7, at);
		if (newline < 0) break;
		const length = newline - at;
		if (length > longest) {
			longest = length;
			times = 1;
		} else if (length === longest) times += 1;
		at = newline + 1;
	}
	return longest >= SHORTEST && times >= MANY;
}
var KNOWN, NEWLINE$7, SHORTEST, Limit, MANY;
var init_limit = __esmMin((() => {
	KNOWN = new Set([
		80,
		100,
		120,
		128,
		132,
		160,
		200,
		240,
		250,
		255,
		256,
		500,
		511,
		512,
		1e3,
		1023,
		1024,
		2e3,
		2047,
		2048,
		4e3,
		4095,
		4096,
		8e3,
		8191,
		8192,
		1e4,
		16e3,
		16383,
		16384,
		32767,
		32768,
		65535,
		65536
	]);
	NEWLINE$7 = 10;
	SHORTEST = 72;
	Limit = class {
		#longest = 0;
		#times = 0;
		isFull(length) {
			if (length > this.#longest) {
				this.#longest = length;
				this.#times = 1;
			} else if (length === this.#longest) this.#times += 1;
			return length === this.#longest && length >= SHORTEST && (this.#times > 1 || KNOWN.has(length));
		}
	};
	MANY = 16;
}));
// src/read/window.ts
function startOfCharacter(bytes, index) {
	for (let back = 0; back < 4 && index - back > 0; back++) if (((bytes[index - back] ?? 0) & 192) !== 128) return index - back;
	return index;
}
var STEP$4, NEWLINE$6, FIRST_SIZE, Window$1;
var init_window$1 = __esmMin((() => {
	init_model();
	init_position();
	STEP$4 = 4194304;
	NEWLINE$6 = 10;
	FIRST_SIZE = 65536;
	Window$1 = class {
		#sink;
		#origin;
		#step;
		#buffer;
		#length = 0;
		#at = new Position();
		#settled = 0;
		#early = 0;
		#far = [];
		constructor(sink, origin, step = STEP$4) {
			this.#sink = sink;
			this.#origin = origin;
			this.#step = step;
			this.#buffer = new Uint8Array(Math.min(FIRST_SIZE, step + 2 * CONTEXT));
		}
		write(bytes) {
			let looked = false;
			let rest = bytes;
			while (rest.length > 0) {
				const room = this.#settled + this.#step + CONTEXT - this.#length;
				const piece = rest.subarray(0, room);
				rest = rest.subarray(piece.length);
				this.#append(piece);
				if (piece.length === room) {
					this.#look([{
						from: this.#settled,
						to: this.#length - CONTEXT
					}], this.#length);
					this.#settle(this.#length - CONTEXT);
					looked = true;
				}
			}
			return looked;
		}
		pause() {
			const until = this.#buffer.lastIndexOf(NEWLINE$6, this.#length - 1) + 1;
			if (this.#length === 0 || until <= this.#early) return;
			const from = Math.max(this.#settled, this.#early - 512);
			const again = this.#far.filter((index) => index >= this.#settled && index < from);
			const ranges = [...again.map((index) => ({
				from: index,
				to: index + 1
			})), {
				from,
				to: until
			}];
			const far = this.#look(ranges, until);
			this.#far = [...new Set([...again, ...far])].sort((a, b) => a - b);
			this.#early = until;
		}
		end() {
			if (this.#length > this.#settled) this.#look([{
				from: this.#settled,
				to: this.#length
			}], this.#length);
			this.#settled = this.#length;
		}
		#append(piece) {
			const needed = this.#length + piece.length;
			if (needed > this.#buffer.length) {
				const grown = new Uint8Array(Math.min(Math.max(needed, this.#buffer.length * 2), this.#step + 3 * CONTEXT));
				grown.set(this.#buffer.subarray(0, this.#length));
				this.#buffer = grown;
			}
			this.#buffer.set(piece, this.#length);
			this.#length = needed;
		}
		#look(ranges, until) {
			const { offset, line, column } = this.#at;
			const chunk = {
				origin: this.#origin,
				bytes: this.#buffer.subarray(0, until),
				offset,
				line,
				column,
				ranges
			};
			return this.#sink.look(chunk).far.map((far) => far - offset);
		}
		#settle(to) {
			const drop = startOfCharacter(this.#buffer, Math.max(0, to - CONTEXT));
			this.#at.advance(this.#buffer.subarray(0, drop));
			this.#buffer.copyWithin(0, drop, this.#length);
			this.#length -= drop;
			this.#settled = to - drop;
			this.#early = Math.max(this.#settled, this.#early - drop);
			this.#far = this.#far.map((index) => index - drop).filter((index) => index >= this.#settled);
		}
	};
}));
// src/read/logs/offsets.ts
var Offsets;
var init_offsets = __esmMin((() => {
	Offsets = class {
		#stretches = [];
		add(seen, truly) {
			if (this.#stretches.at(-1)?.seen.offset === seen.offset) this.#stretches.pop();
			this.#stretches.push({
				seen,
				truly
			});
		}
		forget(before) {
			const first = this.#indexAt(before);
			if (first > 0) this.#stretches = this.#stretches.slice(first);
		}
		truly(span) {
			const first = this.#stretches[this.#indexAt(span.start)];
			const last = this.#stretches[this.#indexAt(span.end - 1)];
			if (first === void 0 || last === void 0) return span;
			return {
				start: first.truly.offset + span.start - first.seen.offset,
				end: last.truly.offset + span.end - last.seen.offset,
				line: first.truly.line + span.line - first.seen.line,
				column: span.column + (span.line === first.seen.line ? first.truly.column - first.seen.column : 0),
				endLine: last.truly.line + span.endLine - last.seen.line
			};
		}
		#indexAt(offset) {
			let low = 0;
			let high = this.#stretches.length;
			while (high - low > 1) {
				const middle = low + high >> 1;
				if ((this.#stretches[middle]?.seen.offset ?? 0) <= offset) low = middle;
				else high = middle;
			}
			return low;
		}
	};
}));
// src/read/logs/recent.ts
var AROUND$2, KEPT, ROOM, Recent;
var init_recent = __esmMin((() => {
	init_position();
	init_window$1();
	AROUND$2 = 4096;
	KEPT = 8208;
	ROOM = 16 * AROUND$2;
	Recent = class {
		#room = new Uint8Array(ROOM);
		#length = 0;
		#start = new Position();
		get end() {
			return this.#start.offset + this.#length;
		}
		add(bytes) {
			for (let done = 0; done < bytes.length;) {
				if (this.#length === ROOM) this.#forget();
				const piece = bytes.subarray(done, done + ROOM - this.#length);
				this.#room.set(piece, this.#length);
				this.#length += piece.length;
				done += piece.length;
			}
		}
		before(offset) {
			const end = offset - this.#start.offset;
			const from = startOfCharacter(this.#room, Math.max(0, end - AROUND$2));
			const at = new Position();
			Object.assign(at, this.#start);
			at.advance(this.#room.subarray(0, from));
			return {
				bytes: this.#room.slice(from, end),
				at
			};
		}
		#forget() {
			const drop = startOfCharacter(this.#room, this.#length - KEPT);
			this.#start.advance(this.#room.subarray(0, drop));
			this.#room.copyWithin(0, drop, this.#length);
			this.#length -= drop;
		}
	};
}));
// src/read/logs/joins.ts
function put(group, bytes) {
	if (bytes.length === 0) return;
	group.recent.add(bytes);
	group.seen.advance(bytes);
	group.truly.advance(bytes);
	group.window.write(bytes);
}
function point({ offset, line, column }) {
	return {
		offset,
		line,
		column
	};
}
function isNear(seams, { start, end }) {
	let low = 0;
	let high = seams.length;
	while (low < high) {
		const middle = low + high >> 1;
		if ((seams[middle] ?? 0) <= start - 512) low = middle + 1;
		else high = middle;
	}
	const next = seams[low];
	return next !== void 0 && next < end + 512;
}
var NEWLINE$5, STEP$3, LAG, Joins;
var init_joins = __esmMin((() => {
	init_model();
	init_position();
	init_window$1();
	init_offsets();
	init_recent();
	NEWLINE$5 = 10;
	STEP$3 = 65536;
	LAG = 4 * STEP$3;
	Joins = class {
		#sink;
		#origin;
		#truly;
		#recent = new Recent();
		#group;
		constructor(sink, origin, truly) {
			this.#sink = sink;
			this.#origin = origin;
			this.#truly = truly;
		}
		feed(bytes, offset, seams) {
			let done = 0;
			for (const { from, to } of seams) {
				this.#pass(bytes.subarray(done, from - offset), offset + done);
				const group = this.#group ?? this.#open();
				const end = bytes.subarray(from - offset, to - offset);
				group.last = {
					at: group.recent.end,
					behind: new Uint8Array(0)
				};
				group.truly.advance(end);
				group.offsets.add(point(group.seen), point(group.truly));
				group.seams.push(group.seen.offset);
				group.until = to + AROUND$2;
				this.#recent.add(end);
				done = to - offset;
			}
			this.#pass(bytes.subarray(done), offset + done);
		}
		pause() {
			this.#group?.window.pause();
		}
		end() {
			if (this.#group === void 0) return;
			this.#unjoined(this.#group);
			this.#group.window.end();
			this.#group = void 0;
		}
		#follow(group, bytes) {
			const { last } = group;
			if (last === void 0 || bytes.length === 0) return;
			const newline = bytes.indexOf(NEWLINE$5);
			const more = newline < 0 ? bytes : bytes.subarray(0, newline + 1);
			last.behind = Buffer.concat([last.behind, more]).subarray(0, 512);
			if (newline >= 0) this.#unjoined(group);
		}
		#unjoined(group) {
			const { last } = group;
			group.last = void 0;
			if (last === void 0) return;
			const { bytes, at } = group.recent.before(last.at);
			const end = last.at;
			const shown = Buffer.concat([
				bytes,
				Buffer.of(NEWLINE$5),
				last.behind
			]);
			this.#sink.look({
				origin: this.#origin,
				bytes: shown,
				...point(at),
				ranges: [{
					from: 0,
					to: shown.length
				}],
				truly: (span) => span.end <= end && isNear(group.seams, span) ? this.#truly(group.offsets.truly(span)) : void 0
			});
		}
		#pass(bytes, offset) {
			const group = this.#group;
			if (group !== void 0) {
				const inside = bytes.subarray(0, Math.max(0, group.until - offset));
				this.#follow(group, inside);
				put(group, inside);
				if (inside.length < bytes.length) this.end();
			}
			this.#recent.add(bytes);
		}
		#open() {
			const offsets = new Offsets();
			const seams = [];
			const sink = {
				look: (chunk) => {
					const looked = this.#sink.look({
						...chunk,
						truly: (span) => isNear(seams, span) ? this.#truly(offsets.truly(span)) : void 0
					});
					offsets.forget(chunk.offset);
					return looked;
				},
				inherit: (finding, origin, span) => this.#sink.inherit(finding, origin, span),
				skip: (skipped) => this.#sink.skip(skipped),
				advance: (step) => this.#sink.advance(step)
			};
			const before = this.#recent.before(this.#recent.end);
			const truly = new Position();
			Object.assign(truly, before.at);
			const group = {
				window: new Window$1(sink, this.#origin, STEP$3),
				offsets,
				seams,
				seen: new Position(),
				truly,
				recent: new Recent(),
				until: 0,
				last: void 0
			};
			offsets.add(point(group.seen), point(truly));
			put(group, before.bytes);
			this.#group = group;
			return group;
		}
	};
}));
// src/read/logs/marks.ts
function escapeAt(bytes, at, last) {
	const second = bytes[at + 1];
	if (bytes[at] !== ESC$2) return 0;
	if (second === void 0) return last ? 0 : -1;
	if (second === 91) return controlAt(bytes, at, last);
	if (second >= 32 && second <= 47) {
		const third = bytes[at + 2];
		if (third === void 0) return last ? 0 : -1;
		return third >= 48 && third <= 126 ? 3 : 0;
	}
	return second >= 48 && second <= 126 ? 2 : 0;
}
function controlAt(bytes, at, last) {
	for (let next = at + 2; next < at + LONGEST_ESCAPE; next++) {
		const byte = bytes[next];
		if (byte === void 0) return last ? 0 : -1;
		if (byte >= 64 && byte <= 126) return next + 1 - at;
		if (byte < 32 || byte > 63) return 0;
	}
	return 0;
}
function stampAt(bytes, at, last) {
	const first = bytes[at] ?? 0;
	if (first !== 91 && (first < 48 || first > 57)) return NO_STAMP;
	const line = Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(LONGEST_STAMP, bytes.length - at));
	const text = line.toString("latin1");
	const match = STAMP.exec(text);
	if (match === null || match[0].length > text.length - LONGEST_TAIL) {
		if (!last && text.length < LONGEST_STAMP && !line.includes(10) && mayBe(text)) return UNSURE;
	}
	if (match === null) return NO_STAMP;
	return {
		size: match[0].length,
		goesOn: match[1] === "P",
		follows: match[2] === "+"
	};
}
function mayBe(text) {
	return /^\[?[\d-]{0,10}(?:$|[T ])/.test(text);
}
var ESC$2, LONGEST_ESCAPE, LONGEST_STAMP, LONGEST_TAIL, NO_STAMP, UNSURE, STAMP;
var init_marks = __esmMin((() => {
	ESC$2 = 27;
	LONGEST_ESCAPE = 64;
	LONGEST_STAMP = 64;
	LONGEST_TAIL = 10;
	NO_STAMP = {
		size: 0,
		goesOn: false,
		follows: false
	};
	UNSURE = {
		...NO_STAMP,
		size: -1
	};
	STAMP = /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?(?: std(?:out|err) ([FP]) | [0-9a-f]{2}[OE]([ +])| |(?=[\r\n]))/;
}));
// src/read/logs/log-window.ts
function columnsOf(bytes, from, to) {
	for (let at = from; at < to; at++) if ((bytes[at] ?? 0) >= 128) return at - from + decoder.decode(bytes.subarray(at, to)).length;
	return to - from;
}
function wholeCharacters(bytes) {
	for (let back = 1; back <= 3 && back <= bytes.length; back++) {
		const byte = bytes[bytes.length - back] ?? 0;
		if (byte < 128) break;
		if (byte >= 192) return (byte >= 240 ? 4 : byte >= 224 ? 3 : 2) > back ? bytes.length - back : bytes.length;
	}
	return bytes.length;
}
var START, ESC$1, NEWLINE$4, RETURN$1, STEP$2, PIECE$3, STAMPS, decoder, LogWindow;
var init_log_window = __esmMin((() => {
	init_window$1();
	init_joins();
	init_limit();
	init_marks();
	init_offsets();
	START = {
		offset: 0,
		line: 1,
		column: 1
	};
	ESC$1 = 27;
	NEWLINE$4 = 10;
	RETURN$1 = 13;
	STEP$2 = 262144;
	PIECE$3 = 65536;
	STAMPS = 3;
	decoder = new TextDecoder("utf-8", { ignoreBOM: true });
	LogWindow = class {
		#window;
		#joins;
		#offsets = new Offsets();
		#limit = new Limit();
		#carry = new Uint8Array(0);
		#raw;
		#seen = 0;
		#line = 1;
		#lines;
		#rawColumn;
		#seenColumn = 1;
		#fresh;
		#stamps = 0;
		#goesOn = false;
		#follows = false;
		#lineStart = 0;
		#last = 0;
		#break;
		#held = new Uint8Array(0);
		constructor(sink, origin, step = STEP$2, from = START) {
			this.#raw = from.offset;
			this.#lines = from.line - START.line;
			this.#rawColumn = from.column;
			this.#fresh = from.column === START.column;
			const truly = (span) => this.#offsets.truly(span);
			const through = {
				look: (chunk) => {
					const looked = sink.look({
						...chunk,
						truly
					});
					this.#offsets.forget(chunk.offset - LAG);
					return looked;
				},
				inherit: (finding, from, span) => sink.inherit(finding, from, span),
				skip: (skipped) => sink.skip(skipped),
				advance: (by) => sink.advance(by)
			};
			this.#window = new Window$1(through, origin, step);
			this.#joins = new Joins(sink, origin, truly);
			this.#offsets.add(START, from);
		}
		write(bytes) {
			let looked = false;
			for (let at = 0; at < bytes.length; at += PIECE$3) if (this.#write(bytes.subarray(at, at + PIECE$3))) looked = true;
			return looked;
		}
		#write(bytes) {
			const data = this.#carry.length === 0 ? bytes : Buffer.concat([this.#carry, bytes]);
			const taken = wholeCharacters(data);
			return this.#take(data, taken, false);
		}
		pause() {
			this.#window.pause();
			this.#joins.pause();
		}
		end() {
			this.#take(this.#carry, this.#carry.length, true);
			if (this.#held.length > 0) this.#joins.feed(this.#held, this.#seen - this.#held.length, []);
			this.#held = new Uint8Array(0);
			this.#window.end();
			this.#joins.end();
		}
		#take(data, length, last) {
			const kept = [];
			const seams = [];
			let from = 0;
			let seenAt = this.#seen;
			let counted = 0;
			let newline = data.indexOf(NEWLINE$4);
			let sequence = data.indexOf(ESC$1);
			const count = (to) => {
				const columns = columnsOf(data, counted, to);
				this.#rawColumn += columns;
				this.#seenColumn += columns;
				counted = to;
			};
			const lastAt = (to) => to === from ? this.#last : data[to - 1] ?? 0;
			const keep = (to) => {
				if (to === from) return;
				this.#last = lastAt(to);
				kept.push(data.subarray(from, to));
				seenAt += to - from;
				from = to;
			};
			const drop = (at, size) => {
				count(at);
				keep(at);
				this.#rawColumn += columnsOf(data, at, at + size);
				from = at + size;
				counted = from;
				this.#offsets.add({
					offset: seenAt,
					line: this.#line,
					column: this.#seenColumn
				}, {
					offset: this.#raw + from,
					line: this.#lines + this.#line,
					column: this.#rawColumn
				});
			};
			let at = 0;
			if (this.#raw === 0 && data[0] === 239 && data[1] === 187 && data[2] === 191) {
				drop(0, 3);
				at = 3;
			}
			while (at < length) {
				if (this.#fresh && this.#stamps < STAMPS) {
					const stamp = stampAt(data, at, last);
					if (stamp.size === -1) break;
					if (stamp.size > 0) {
						drop(at, stamp.size);
						at = from;
						this.#stamps += 1;
						this.#goesOn ||= stamp.goesOn;
						this.#follows ||= stamp.follows;
						continue;
					}
				}
				if (newline >= 0 && newline < at) newline = data.indexOf(NEWLINE$4, at);
				if (sequence >= 0 && sequence < at) sequence = data.indexOf(ESC$1, at);
				const end = Math.min(newline < 0 ? length : newline, sequence < 0 ? length : sequence, length);
				if (end > at) {
					this.#begin(seams);
					at = end;
					continue;
				}
				if (at === sequence) {
					const size = escapeAt(data, at, last);
					if (size === -1) break;
					if (size > 0) {
						drop(at, size);
						at = from;
						continue;
					}
					this.#begin(seams);
					at += 1;
					sequence = data.indexOf(ESC$1, at);
					continue;
				}
				this.#endOfLine(seenAt + at - from, lastAt(at));
				at += 1;
				counted = at;
			}
			count(at);
			keep(at);
			this.#carry = Uint8Array.from(data.subarray(at));
			this.#raw += at;
			const [only = new Uint8Array(0)] = kept;
			return this.#show(kept.length > 1 ? Buffer.concat(kept) : only, seams);
		}
		#begin(seams) {
			if (!this.#fresh) return;
			this.#fresh = false;
			const before = this.#break;
			if (before !== void 0 && (before.full || this.#follows)) seams.push(before);
			this.#break = void 0;
		}
		#endOfLine(at, last) {
			const from = last === RETURN$1 && at > this.#lineStart ? at - 1 : at;
			const full = this.#limit.isFull(from - this.#lineStart) || this.#goesOn;
			this.#break = from === this.#lineStart ? void 0 : {
				from,
				to: at + 1,
				full
			};
			this.#lineStart = at + 1;
			this.#line += 1;
			this.#rawColumn = 1;
			this.#seenColumn = 1;
			this.#fresh = true;
			this.#stamps = 0;
			this.#goesOn = false;
			this.#follows = false;
		}
		#show(view, seams) {
			const offset = this.#seen - this.#held.length;
			this.#seen += view.length;
			const all = this.#held.length === 0 ? view : Buffer.concat([this.#held, view]);
			const decided = (this.#break?.from ?? this.#seen) - offset;
			this.#joins.feed(all.subarray(0, decided), offset, seams);
			this.#held = Uint8Array.from(all.subarray(decided));
			return this.#window.write(view);
		}
	};
}));
// src/read/logs/index.ts
function isLogName(path) {
	return /\.(?:log|out|txt)(?:\.\d{1,8})?(?:\.gz|\.zst)?$/i.test(path);
}
function isMarked(bytes) {
	if (hasEscape(bytes)) return true;
	const limit = new Limit();
	for (let at = 0; at < bytes.length;) {
		if (stampAt(bytes, at, true).size > 0) return true;
		const newline = bytes.indexOf(NEWLINE$3, at);
		if (newline < 0) return false;
		const end = bytes[newline - 1] === RETURN ? newline - 1 : newline;
		if (limit.isFull(end - at) && newline + 1 < bytes.length) return true;
		at = newline + 1;
	}
	return false;
}
function hasEscape(bytes) {
	return bytes.includes(ESC);
}
function isStamped(bytes) {
	for (let at = 0; at < bytes.length;) {
		if (stampAt(bytes, at, true).size > 0) return true;
		const newline = bytes.indexOf(NEWLINE$3, at);
		if (newline < 0) return false;
		at = newline + 1;
	}
	return false;
}
function lookLog(sink, origin, bytes) {
	const window = new LogWindow(sink, origin);
	window.write(bytes);
	window.end();
}
function lookLogPart(sink, origin, bytes, at, part) {
	const begins = ({ start }) => start >= at.offset + part.from && start < at.offset + part.to;
	const window = new LogWindow({
		look: (chunk) => sink.look({
			...chunk,
			truly: (span) => {
				const truly = chunk.truly?.(span);
				return truly !== void 0 && begins(truly) ? truly : void 0;
			}
		}),
		inherit: (finding, from, span) => sink.inherit(finding, from, span),
		skip: (skipped) => sink.skip(skipped),
		advance: (step) => sink.advance(step)
	}, origin, void 0, at);
	window.write(bytes);
	window.end();
}
function lookLogAround(sink, origin, bytes, at, part, far) {
	const position = new Position();
	Object.assign(position, at);
	for (const { from, to } of groups(far.map((offset) => offset - at.offset))) {
		const lineStart = from <= 16384 ? 0 : bytes.lastIndexOf(NEWLINE$3, from - CONTEXT) + 1;
		const start = Math.max(lineStart, position.offset - at.offset);
		position.advance(bytes.subarray(position.offset - at.offset, start));
		const near = {
			from: Math.max(part.from, from) - start,
			to: Math.min(part.to, to) - start
		};
		const { offset, line, column } = position;
		lookLogPart(sink, origin, bytes.subarray(start, to + CONTEXT), {
			offset,
			line,
			column
		}, near);
	}
}
function groups(places) {
	const found = [];
	for (const place of places) {
		const last = found.at(-1);
		if (last !== void 0 && place - AROUND$1 <= last.to + 32768) last.to = place + AROUND$1;
		else found.push({
			from: Math.max(0, place - AROUND$1),
			to: place + AROUND$1
		});
	}
	return found;
}
var ESC, NEWLINE$3, RETURN, AROUND$1;
var init_logs = __esmMin((() => {
	init_model();
	init_position();
	init_limit();
	init_log_window();
	init_marks();
	ESC = 27;
	NEWLINE$3 = 10;
	RETURN = 13;
	AROUND$1 = 2 * CONTEXT;
}));
// src/read/text.ts
function kindOf(bytes, streaming = false) {
	if (bytes[0] === 255 && bytes[1] === 254) return "utf-16le";
	if (bytes[0] === 254 && bytes[1] === 255) return "utf-16be";
	const head = bytes.subarray(0, streaming ? STREAM_HEAD : HEAD$2);
	const first = head.indexOf(0);
	if (first < 0) return "text";
	const nuls = [0, 0];
	for (let index = first; index >= 0; index = head.indexOf(0, index + 1)) nuls[index & 1] = (nuls[index & 1] ?? 0) + 1;
	const [even = 0, odd = 0] = nuls;
	const enough = Math.max(1, (head.length >> 1) * NUL_SHARE);
	if (even === 0 && odd >= enough) return "utf-16le";
	if (odd === 0 && even >= enough) return "utf-16be";
	return streaming ? "text" : "binary";
}
function decodeWhole(bytes, kind) {
	return Buffer.from(new TextDecoder(kind).decode(bytes), "utf8");
}
function lookWhole(sink, origin, bytes) {
	const kind = kindOf(bytes);
	switch (kind) {
		case "binary":
			sink.advance({ binary: 1 });
			return;
		case "utf-16le":
		case "utf-16be":
		case "text": {
			const text = kind === "text" ? bytes : decodeWhole(bytes, kind);
			if (text.length === 0) return;
			sink.look({
				origin,
				bytes: text,
				offset: 0,
				line: 1,
				column: 1,
				ranges: [{
					from: 0,
					to: text.length
				}]
			});
		}
	}
}
var HEAD$2, STREAM_HEAD, NUL_SHARE, Text;
var init_text = __esmMin((() => {
	init_log_window();
	init_window$1();
	HEAD$2 = 8e3;
	STREAM_HEAD = 8;
	NUL_SHARE = .3;
	Text = class {
		#sink;
		#window;
		#streaming;
		#head = new Uint8Array(0);
		#kind = "text";
		#decoder;
		constructor(sink, origin, options = {}) {
			this.#sink = sink;
			this.#streaming = options.streaming ?? false;
			const { log = false, step } = options;
			this.#window = log ? new LogWindow(sink, origin, step) : new Window$1(sink, origin, step ?? 4194304);
		}
		get binary() {
			return this.#kind === "binary";
		}
		write(bytes) {
			if (this.#head === void 0) return this.#pass(bytes);
			this.#head = this.#head.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#head, bytes]);
			return this.#head.length >= (this.#streaming ? STREAM_HEAD : 8e3) && this.#judge();
		}
		pause() {
			if (this.#head === void 0) this.#window.pause();
		}
		end() {
			if (this.#head !== void 0) this.#judge();
			if (this.#decoder) this.#window.write(Buffer.from(this.#decoder.decode(), "utf8"));
			this.#window.end();
		}
		#judge() {
			const head = this.#head ?? new Uint8Array(0);
			this.#head = void 0;
			this.#kind = kindOf(head, this.#streaming);
			if (this.#kind === "binary") this.#sink.advance({ binary: 1 });
			if (this.#kind === "utf-16le" || this.#kind === "utf-16be") this.#decoder = new TextDecoder(this.#kind);
			return this.#pass(head);
		}
		#pass(bytes) {
			if (this.#kind === "binary") return false;
			return this.#window.write(this.#decoder ? Buffer.from(this.#decoder.decode(bytes, { stream: true }), "utf8") : bytes);
		}
	};
}));
// src/read/compressed.ts
function compressionOf(path, handle) {
	if (!/\.(gz|tgz|zst)$/i.test(path)) return void 0;
	const head = bytesOf(handle)(0, 4);
	if (head.subarray(0, 2).equals(GZIP$1)) return "gzip";
	return head.equals(ZSTD$1) ? "zstd" : void 0;
}
async function lookCompressed(sink, origin, handle, compression, signal, most = MOST) {
	if (compression === "zstd" && typeof zlib.createZstdDecompress !== "function") {
		sink.skip({
			path: origin.path,
			why: "zstd needs Node 22.15 or newer"
		});
		return;
	}
	const text = new Text(sink, origin, { log: isLogName(origin.path) });
	let total = 0;
	try {
		for await (const bytes of unpack(bytesOf(handle), compression)) {
			signal?.throwIfAborted();
			total += bytes.length;
			sink.advance({ bytes: bytes.length });
			text.write(bytes);
			if (text.binary) break;
			if (total > most) throw new Error(`it unpacks to more than ${most} bytes`);
		}
	} catch (error) {
		signal?.throwIfAborted();
		sink.skip({
			path: origin.path,
			why: `${compression}: ${error instanceof Error ? error.message : String(error)}`
		});
	}
	text.end();
}
function bytesOf(handle) {
	return (position, length) => {
		const piece = Buffer.allocUnsafe(length);
		return piece.subarray(0, readSync(handle, piece, 0, length, position));
	};
}
async function* unpack(bytes, compression) {
	if (compression === "gzip") {
		yield* through(pieces(bytes, 0), zlib.createGunzip());
		return;
	}
	for (let at = 0;;) {
		const head = bytes(at, 8);
		if (head.length === 0) return;
		if (head.subarray(0, 4).equals(ZSTD$1)) {
			const unpacker = zlib.createZstdDecompress();
			yield* through(pieces(bytes, at), unpacker);
			at += unpacker.bytesWritten;
		} else if (isSkippable(head)) at += 8 + head.readUInt32LE(4);
		else throw new Error(`no frame at byte ${at}`);
	}
}
function isSkippable(head) {
	return head.length === 8 && (head.readUInt32LE(0) & 4294967280) >>> 0 === 407710288;
}
async function* through(packed, unpacker) {
	const source = Readable.from(packed, { objectMode: false });
	source.on("error", (error) => unpacker.destroy(error));
	source.pipe(unpacker);
	try {
		for await (const bytes of unpacker) yield bytes;
	} finally {
		source.destroy();
		unpacker.destroy();
	}
}
function* pieces(bytes, from) {
	for (let position = from;;) {
		const piece = bytes(position, PIECE$2);
		if (piece.length === 0) return;
		position += piece.length;
		yield piece;
	}
}
var GZIP$1, ZSTD$1, PIECE$2, MOST;
var init_compressed = __esmMin((() => {
	init_logs();
	init_text();
	GZIP$1 = Buffer.from([31, 139]);
	ZSTD$1 = Buffer.from([
		40,
		181,
		47,
		253
	]);
	PIECE$2 = 262144;
	MOST = 16 * 1024 ** 3;
}));
// src/read/archive/bounds.ts
var LIMITS, TooMuch, Spent;
var init_bounds = __esmMin((() => {
	LIMITS = {
		members: 2e5,
		bytes: 16 * 1024 ** 3,
		ratio: 300,
		free: 256 * 1024 ** 2,
		depth: 8,
		held: 64 * 1024 ** 2,
		seconds: 1800
	};
	TooMuch = class extends Error {};
	Spent = class {
		limits;
		#packed;
		#until;
		#over = false;
		#members = 0;
		#bytes = 0;
		constructor(packed, limits = LIMITS) {
			this.limits = limits;
			this.#packed = Math.max(1, packed);
			this.#until = performance.now() + limits.seconds * 1e3;
		}
		get over() {
			return this.#over;
		}
		member() {
			this.#members += 1;
			if (this.#members > this.limits.members) this.#stop(`it has more than ${this.limits.members} members`);
			this.#inTime();
		}
		unpacked(bytes) {
			this.#bytes += bytes;
			const { limits } = this;
			if (this.#bytes > limits.bytes) this.#stop(`it unpacks to more than ${limits.bytes} bytes`);
			if (this.#bytes > limits.free && this.#bytes / this.#packed > limits.ratio) this.#stop(`it unpacks to more than ${limits.ratio} times its size: a bomb`);
			this.#inTime();
		}
		#inTime() {
			if (performance.now() > this.#until) this.#stop(`it takes longer than ${this.limits.seconds} seconds`);
		}
		#stop(why) {
			this.#over = true;
			throw new TooMuch(why);
		}
	};
}));
// src/read/archive/form.ts
function formOf(head) {
	const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
	const begins = (magic) => bytes.subarray(0, magic.length).equals(magic);
	if (ZIP.some(begins)) return "zip";
	if (begins(GZIP)) return "gzip";
	if (begins(ZSTD)) return "zstd";
	if (isTar(bytes)) return "tar";
	return foreignOf(head) === void 0 ? void 0 : "foreign";
}
function foreignOf(head) {
	const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
	const found = FOREIGN.find(([, magic]) => bytes.subarray(0, magic.length).equals(magic))?.[0];
	if (found === "bzip2" && bytes.toString("latin1", 4, 10) !== "1AY&SY") return void 0;
	return found;
}
function isTar(bytes) {
	if (bytes.length < 512 || bytes.toString("latin1", 257, 262) !== "ustar") return false;
	let sum = 256;
	for (let at = 0; at < 512; at++) if (at < 148 || at >= 156) sum += bytes[at] ?? 0;
	return Number.parseInt(bytes.toString("latin1", 148, 156).replace(/[\0 ].*$/s, "").trim(), 8) === sum;
}
var ZIP, GZIP, ZSTD, FOREIGN;
var init_form = __esmMin((() => {
	ZIP = [
		Buffer.from("PK"),
		Buffer.from("PK"),
		Buffer.from("PK\x07\b")
	];
	GZIP = Buffer.from([
		31,
		139,
		8
	]);
	ZSTD = Buffer.from([
		40,
		181,
		47,
		253
	]);
	FOREIGN = [
		["7z", Buffer.from([
			55,
			122,
			188,
			175,
			39,
			28
		])],
		["rar", Buffer.from("Rar!\x07")],
		["xz", Buffer.from([
			253,
			55,
			122,
			88,
			90,
			0
		])],
		["bzip2", Buffer.from("BZh")]
	];
}));
// node_modules/events-universal/default.js
var require_default = __commonJSMin(((exports, module) => {
	module.exports = __require("events");
}));
// node_modules/fast-fifo/fixed-size.js
var require_fixed_size = __commonJSMin(((exports, module) => {
	module.exports = class FixedFIFO {
		constructor(hwm) {
			if (!(hwm > 0) || (hwm - 1 & hwm) !== 0) throw new Error("Max size for a FixedFIFO should be a power of two");
			this.buffer = new Array(hwm);
			this.mask = hwm - 1;
			this.top = 0;
			this.btm = 0;
			this.next = null;
		}
		clear() {
			this.top = this.btm = 0;
			this.next = null;
			this.buffer.fill(void 0);
		}
		push(data) {
			if (this.buffer[this.top] !== void 0) return false;
			this.buffer[this.top] = data;
			this.top = this.top + 1 & this.mask;
			return true;
		}
		shift() {
			const last = this.buffer[this.btm];
			if (last === void 0) return void 0;
			this.buffer[this.btm] = void 0;
			this.btm = this.btm + 1 & this.mask;
			return last;
		}
		peek() {
			return this.buffer[this.btm];
		}
		isEmpty() {
			return this.buffer[this.btm] === void 0;
		}
	};
}));
// node_modules/fast-fifo/index.js
var require_fast_fifo = __commonJSMin(((exports, module) => {
	const FixedFIFO = require_fixed_size();
	module.exports = class FastFIFO {
		constructor(hwm) {
			this.hwm = hwm || 16;
			this.head = new FixedFIFO(this.hwm);
			this.tail = this.head;
			this.length = 0;
		}
		clear() {
			this.head = this.tail;
			this.head.clear();
			this.length = 0;
		}
		push(val) {
			this.length++;
			if (!this.head.push(val)) {
				const prev = this.head;
				this.head = prev.next = new FixedFIFO(2 * this.head.buffer.length);
				this.head.push(val);
			}
		}
		shift() {
			if (this.length !== 0) this.length--;
			const val = this.tail.shift();
			if (val === void 0 && this.tail.next) {
				const next = this.tail.next;
				this.tail.next = null;
				this.tail = next;
				return this.tail.shift();
			}
			return val;
		}
		peek() {
			const val = this.tail.peek();
			if (val === void 0 && this.tail.next) return this.tail.next.peek();
			return val;
		}
		isEmpty() {
			return this.length === 0;
		}
	};
}));
// node_modules/b4a/index.js
var require_b4a = __commonJSMin(((exports, module) => {
	function isBuffer(value) {
		return Buffer.isBuffer(value) || value instanceof Uint8Array;
	}
	function isEncoding(encoding) {
		return Buffer.isEncoding(encoding);
	}
	function alloc(size, fill, encoding) {
		return Buffer.alloc(size, fill, encoding);
	}
	function allocUnsafe(size) {
		return Buffer.allocUnsafe(size);
	}
	function allocUnsafeSlow(size) {
		return Buffer.allocUnsafeSlow(size);
	}
	function byteLength(string, encoding) {
		return Buffer.byteLength(string, encoding);
	}
	function compare(a, b) {
		return Buffer.compare(a, b);
	}
	function concat(buffers, totalLength) {
		return Buffer.concat(buffers, totalLength);
	}
	function copy(source, target, targetStart, start, end) {
		return toBuffer(source).copy(target, targetStart, start, end);
	}
	function equals(a, b) {
		return toBuffer(a).equals(b);
	}
	function fill(buffer, value, offset, end, encoding) {
		return toBuffer(buffer).fill(value, offset, end, encoding);
	}
	function from(value, encodingOrOffset, length) {
		return Buffer.from(value, encodingOrOffset, length);
	}
	function includes(buffer, value, byteOffset, encoding) {
		return toBuffer(buffer).includes(value, byteOffset, encoding);
	}
	function indexOf(buffer, value, byfeOffset, encoding) {
		return toBuffer(buffer).indexOf(value, byfeOffset, encoding);
	}
	function lastIndexOf(buffer, value, byteOffset, encoding) {
		return toBuffer(buffer).lastIndexOf(value, byteOffset, encoding);
	}
	function swap16(buffer) {
		return toBuffer(buffer).swap16();
	}
	function swap32(buffer) {
		return toBuffer(buffer).swap32();
	}
	function swap64(buffer) {
		return toBuffer(buffer).swap64();
	}
	function toBuffer(buffer) {
		if (Buffer.isBuffer(buffer)) return buffer;
		return Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
	}
	function toString(buffer, encoding, start, end) {
		return toBuffer(buffer).toString(encoding, start, end);
	}
	function toHex(buffer, start, end) {
		return toBuffer(buffer).toString("hex", start, end);
	}
	function write(buffer, string, offset, length, encoding) {
		return toBuffer(buffer).write(string, offset, length, encoding);
	}
	function readDoubleBE(buffer, offset) {
		return toBuffer(buffer).readDoubleBE(offset);
	}
	function readDoubleLE(buffer, offset) {
		return toBuffer(buffer).readDoubleLE(offset);
	}
	function readFloatBE(buffer, offset) {
		return toBuffer(buffer).readFloatBE(offset);
	}
	function readFloatLE(buffer, offset) {
		return toBuffer(buffer).readFloatLE(offset);
	}
	function readInt32BE(buffer, offset) {
		return toBuffer(buffer).readInt32BE(offset);
	}
	function readInt32LE(buffer, offset) {
		return toBuffer(buffer).readInt32LE(offset);
	}
	function readUInt32BE(buffer, offset) {
		return toBuffer(buffer).readUInt32BE(offset);
	}
	function readUInt32LE(buffer, offset) {
		return toBuffer(buffer).readUInt32LE(offset);
	}
	function writeDoubleBE(buffer, value, offset) {
		return toBuffer(buffer).writeDoubleBE(value, offset);
	}
	function writeDoubleLE(buffer, value, offset) {
		return toBuffer(buffer).writeDoubleLE(value, offset);
	}
	function writeFloatBE(buffer, value, offset) {
		return toBuffer(buffer).writeFloatBE(value, offset);
	}
	function writeFloatLE(buffer, value, offset) {
		return toBuffer(buffer).writeFloatLE(value, offset);
	}
	function writeInt32BE(buffer, value, offset) {
		return toBuffer(buffer).writeInt32BE(value, offset);
	}
	function writeInt32LE(buffer, value, offset) {
		return toBuffer(buffer).writeInt32LE(value, offset);
	}
	function writeUInt32BE(buffer, value, offset) {
		return toBuffer(buffer).writeUInt32BE(value, offset);
	}
	function writeUInt32LE(buffer, value, offset) {
		return toBuffer(buffer).writeUInt32LE(value, offset);
	}
	module.exports = {
		isBuffer,
		isEncoding,
		alloc,
		allocUnsafe,
		allocUnsafeSlow,
		byteLength,
		compare,
		concat,
		copy,
		equals,
		fill,
		from,
		includes,
		indexOf,
		lastIndexOf,
		swap16,
		swap32,
		swap64,
		toBuffer,
		toString,
		toHex,
		write,
		readDoubleBE,
		readDoubleLE,
		readFloatBE,
		readFloatLE,
		readInt32BE,
		readInt32LE,
		readUInt32BE,
		readUInt32LE,
		writeDoubleBE,
		writeDoubleLE,
		writeFloatBE,
		writeFloatLE,
		writeInt32BE,
		writeInt32LE,
		writeUInt32BE,
		writeUInt32LE
	};
}));
// node_modules/text-decoder/lib/pass-through-decoder.js
var require_pass_through_decoder = __commonJSMin(((exports, module) => {
	const b4a = require_b4a();
	module.exports = class PassThroughDecoder {
		constructor(encoding) {
			this.encoding = encoding;
		}
		get remaining() {
			return 0;
		}
		decode(data) {
			return b4a.toString(data, this.encoding);
		}
		flush() {
			return "";
		}
	};
}));
// node_modules/text-decoder/lib/utf8-decoder.js
var require_utf8_decoder = __commonJSMin(((exports, module) => {
	const b4a = require_b4a();
	module.exports = class UTF8Decoder {
		constructor() {
			this._reset();
		}
		get remaining() {
			return this.bytesSeen;
		}
		decode(data) {
			if (data.byteLength === 0) return "";
			if (this.bytesNeeded === 0 && trailingIncomplete(data, 0) === 0) {
				this.bytesSeen = trailingBytesSeen(data);
				return b4a.toString(data, "utf8");
			}
			let result = "";
			let start = 0;
			if (this.bytesNeeded > 0) {
				while (start < data.byteLength) {
					const byte = data[start];
					if (byte < this.lowerBoundary || byte > this.upperBoundary) {
						result += "�";
						this._reset();
						break;
					}
					this.lowerBoundary = 128;
					this.upperBoundary = 191;
					this.codePoint = this.codePoint << 6 | byte & 63;
					this.bytesSeen++;
					start++;
					if (this.bytesSeen === this.bytesNeeded) {
						result += String.fromCodePoint(this.codePoint);
						this._reset();
						break;
					}
				}
				if (this.bytesNeeded > 0) return result;
			}
			const trailing = trailingIncomplete(data, start);
			const end = data.byteLength - trailing;
			if (end > start) result += b4a.toString(data, "utf8", start, end);
			for (let i = end; i < data.byteLength; i++) {
				const byte = data[i];
				if (this.bytesNeeded === 0) {
					if (byte <= 127) {
						this.bytesSeen = 0;
						result += String.fromCharCode(byte);
					} else if (byte >= 194 && byte <= 223) {
						this.bytesNeeded = 2;
						this.bytesSeen = 1;
						this.codePoint = byte & 31;
					} else if (byte >= 224 && byte <= 239) {
						if (byte === 224) this.lowerBoundary = 160;
						else if (byte === 237) this.upperBoundary = 159;
						this.bytesNeeded = 3;
						this.bytesSeen = 1;
						this.codePoint = byte & 15;
					} else if (byte >= 240 && byte <= 244) {
						if (byte === 240) this.lowerBoundary = 144;
						else if (byte === 244) this.upperBoundary = 143;
						this.bytesNeeded = 4;
						this.bytesSeen = 1;
						this.codePoint = byte & 7;
					} else {
						this.bytesSeen = 1;
						result += "�";
					}
					continue;
				}
				if (byte < this.lowerBoundary || byte > this.upperBoundary) {
					result += "�";
					i--;
					this._reset();
					continue;
				}
				this.lowerBoundary = 128;
				this.upperBoundary = 191;
				this.codePoint = this.codePoint << 6 | byte & 63;
				this.bytesSeen++;
				if (this.bytesSeen === this.bytesNeeded) {
					result += String.fromCodePoint(this.codePoint);
					this._reset();
				}
			}
			return result;
		}
		flush() {
			const result = this.bytesNeeded > 0 ? "�" : "";
			this._reset();
			return result;
		}
		_reset() {
			this.codePoint = 0;
			this.bytesNeeded = 0;
			this.bytesSeen = 0;
			this.lowerBoundary = 128;
			this.upperBoundary = 191;
		}
	};
	function trailingIncomplete(data, start) {
		const len = data.byteLength;
		if (len <= start) return 0;
		const limit = Math.max(start, len - 4);
		let i = len - 1;
		while (i > limit && (data[i] & 192) === 128) i--;
		if (i < start) return 0;
		const byte = data[i];
		let needed;
		if (byte <= 127) return 0;
		if (byte >= 194 && byte <= 223) needed = 2;
		else if (byte >= 224 && byte <= 239) needed = 3;
		else if (byte >= 240 && byte <= 244) needed = 4;
		else return 0;
		const available = len - i;
		return available < needed ? available : 0;
	}
	function trailingBytesSeen(data) {
		const len = data.byteLength;
		if (len === 0) return 0;
		const last = data[len - 1];
		if (last <= 127) return 0;
		if ((last & 192) !== 128) return 1;
		const limit = Math.max(0, len - 4);
		let i = len - 2;
		while (i >= limit && (data[i] & 192) === 128) i--;
		if (i < 0) return 1;
		const first = data[i];
		let needed;
		if (first >= 194 && first <= 223) needed = 2;
		else if (first >= 224 && first <= 239) needed = 3;
		else if (first >= 240 && first <= 244) needed = 4;
		else return 1;
		if (len - i !== needed) return 1;
		if (needed >= 3) {
			const second = data[i + 1];
			if (first === 224 && second < 160) return 1;
			if (first === 237 && second > 159) return 1;
			if (first === 240 && second < 144) return 1;
			if (first === 244 && second > 143) return 1;
		}
		return 0;
	}
}));
// node_modules/text-decoder/index.js
var require_text_decoder = __commonJSMin(((exports, module) => {
	const PassThroughDecoder = require_pass_through_decoder();
	const UTF8Decoder = require_utf8_decoder();
	module.exports = class TextDecoder {
		constructor(encoding = "utf8") {
			this.encoding = normalizeEncoding(encoding);
			switch (this.encoding) {
				case "utf8":
					this.decoder = new UTF8Decoder();
					break;
				case "utf16le":
				case "base64": throw new Error("Unsupported encoding: " + this.encoding);
				default: this.decoder = new PassThroughDecoder(this.encoding);
			}
		}
		get remaining() {
			return this.decoder.remaining;
		}
		push(data) {
			if (typeof data === "string") return data;
			return this.decoder.decode(data);
		}
		write(data) {
			return this.push(data);
		}
		end(data) {
			let result = "";
			if (data) result = this.push(data);
			result += this.decoder.flush();
			return result;
		}
	};
	function normalizeEncoding(encoding) {
		encoding = encoding.toLowerCase();
		switch (encoding) {
			case "utf8":
			case "utf-8": return "utf8";
			case "ucs2":
			case "ucs-2":
			case "utf16le":
			case "utf-16le": return "utf16le";
			case "latin1":
			case "binary": return "latin1";
			case "base64":
			case "ascii":
			case "hex": return encoding;
			default: throw new Error("Unknown encoding: " + encoding);
		}
	}
}));
// node_modules/streamx/lib/errors.js
var require_errors = __commonJSMin(((exports, module) => {
	module.exports = class StreamError extends Error {
		constructor(msg, code, fn = StreamError) {
			super(msg);
			this.code = code;
			if (Error.captureStackTrace) Error.captureStackTrace(this, fn);
		}
		static isStreamDestroyed(err) {
			return err && err.code === "STREAM_DESTROYED";
		}
		static isPrematureClose(err) {
			return err && err.code === "PREMATURE_CLOSE";
		}
		static isAborted(err) {
			return err && err.code === "ABORTED";
		}
		static isBadArgument(err) {
			return err && err.code === "BAD_ARGUMENT";
		}
		get name() {
			return "StreamError";
		}
		static STREAM_DESTROYED() {
			return new StreamError("Stream was destroyed", "STREAM_DESTROYED", StreamError.STREAM_DESTROYED);
		}
		static PREMATURE_CLOSE(msg = "Premature close") {
			return new StreamError(msg, "PREMATURE_CLOSE", StreamError.PREMATURE_CLOSE);
		}
		static ABORTED() {
			return new StreamError("Stream aborted", "ABORTED", StreamError.ABORTED);
		}
		static BAD_ARGUMENT(msg = "Bad argument") {
			return new StreamError(msg, "BAD_ARGUMENT", StreamError.BAD_ARGUMENT);
		}
	};
}));
// node_modules/streamx/index.js
var require_streamx = __commonJSMin(((exports, module) => {
	const { EventEmitter } = require_default();
	const FIFO = require_fast_fifo();
	const TextDecoder = require_text_decoder();
	const StreamError = require_errors();
	const qmt = typeof queueMicrotask === "undefined" ? (fn) => global.process.nextTick(fn) : queueMicrotask;
	const OPENING = 1;
	const PREDESTROYING = 2;
	const DESTROYING = 4;
	const DESTROYED = 8;
	const NOT_OPENING = 536870910;
	const NOT_PREDESTROYING = 536870909;
	const READ_UPDATING = 32;
	const READ_PRIMARY = 64;
	const READ_QUEUED = 128;
	const READ_RESUMED = 256;
	const READ_PIPE_DRAINED = 512;
	const READ_ENDING = 1024;
	const READ_EMIT_DATA = 2048;
	const READ_EMIT_READABLE = 4096;
	const READ_EMITTED_READABLE = 8192;
	const READ_DONE = 16384;
	const READ_NEXT_TICK = 32768;
	const READ_READ_AHEAD = 131072;
	const READ_FLOWING = 768;
	const READ_ACTIVE_AND_NEEDS_PUSH = 65552;
	const READ_PRIMARY_AND_ACTIVE = 80;
	const READ_EMIT_READABLE_AND_QUEUED = 4224;
	const READ_RESUMED_READ_AHEAD = 131328;
	const READ_NOT_ACTIVE = 536870895;
	const READ_NON_PRIMARY_AND_PUSHED = 536805311;
	const READ_PUSHED = 536805375;
	const READ_PAUSED = 536870655;
	const READ_NOT_QUEUED = 536862591;
	const READ_NOT_ENDING = 536869887;
	const READ_PIPE_NOT_DRAINED = 536870143;
	const READ_NOT_NEXT_TICK = 536838143;
	const READ_NOT_UPDATING = 536870879;
	const READ_NO_READ_AHEAD = 536739839;
	const READ_PAUSED_NO_READ_AHEAD = 536739583;
	const WRITE_ACTIVE = 1 << 18;
	const WRITE_UPDATING = 2 << 18;
	const WRITE_PRIMARY = 4 << 18;
	const WRITE_QUEUED = 8 << 18;
	const WRITE_UNDRAINED = 16 << 18;
	const WRITE_DONE = 32 << 18;
	const WRITE_EMIT_DRAIN = 64 << 18;
	const WRITE_NEXT_TICK = 128 << 18;
	const WRITE_WRITING = 256 << 18;
	const WRITE_FINISHING = 512 << 18;
	const WRITE_CORKED = 1024 << 18;
	const WRITE_NOT_ACTIVE = 469499903;
	const WRITE_NON_PRIMARY = 535822335;
	const WRITE_NOT_FINISHING = 402391039;
	const WRITE_DRAINED = 532676607;
	const WRITE_NOT_QUEUED = 534773759;
	const WRITE_NOT_NEXT_TICK = 503316479;
	const WRITE_NOT_UPDATING = 536346623;
	const WRITE_NOT_CORKED = 268435455;
	const ACTIVE = 262160;
	const NOT_ACTIVE = 536608751;
	const DONE = 8404992;
	const DESTROY_STATUS = 14;
	const OPEN_STATUS = 15;
	const AUTO_DESTROY = 8405006;
	const NON_PRIMARY = 535822271;
	const ACTIVE_OR_TICKING = 33587200;
	const IS_OPENING = 33587215;
	const READ_PRIMARY_STATUS = 17423;
	const READ_STATUS = 16527;
	const READ_ENDING_STATUS = 1167;
	const READ_READABLE_STATUS = 12431;
	const SHOULD_NOT_READ = 214047;
	const READ_BACKPRESSURE_STATUS = 17422;
	const READ_UPDATE_SYNC_STATUS = 32879;
	const READ_NEXT_TICK_OR_OPENING = 32769;
	const WRITE_PRIMARY_STATUS = 142606351;
	const WRITE_QUEUED_AND_UNDRAINED = 6291456;
	const WRITE_QUEUED_AND_ACTIVE = 2359296;
	const WRITE_DRAIN_STATUS = 6553615;
	const WRITE_STATUS = 270794767;
	const WRITE_PRIMARY_AND_ACTIVE = 1310720;
	const WRITE_ACTIVE_AND_WRITING = 67371008;
	const WRITE_FINISHING_STATUS = 144965647;
	const WRITE_BACKPRESSURE_STATUS = 146800654;
	const WRITE_UPDATE_SYNC_STATUS = 35127311;
	const WRITE_DROP_DATA = 142606350;
	const asyncIterator = Symbol.asyncIterator || Symbol("asyncIterator");
	var WritableState = class {
		constructor(stream, { highWaterMark = 16384, map = null, mapWritable, byteLength, byteLengthWritable } = {}) {
			this.stream = stream;
			this.queue = new FIFO();
			this.highWaterMark = highWaterMark;
			this.buffered = 0;
			this.error = null;
			this.pipeline = null;
			this.drains = null;
			this.byteLength = byteLengthWritable || byteLength || defaultByteLength;
			this.map = mapWritable || map;
			this.afterWrite = afterWrite.bind(this);
			this.afterUpdateNextTick = updateWriteNT.bind(this);
		}
		get ending() {
			return (this.stream._duplexState & WRITE_FINISHING) !== 0;
		}
		get ended() {
			return (this.stream._duplexState & WRITE_DONE) !== 0;
		}
		push(data) {
			if ((this.stream._duplexState & WRITE_DROP_DATA) !== 0) return false;
			if (this.map !== null) data = this.map(data);
			this.buffered += this.byteLength(data);
			this.queue.push(data);
			if (this.buffered < this.highWaterMark) {
				this.stream._duplexState |= WRITE_QUEUED;
				return true;
			}
			this.stream._duplexState |= WRITE_QUEUED_AND_UNDRAINED;
			return false;
		}
		shift() {
			const data = this.queue.shift();
			this.buffered -= this.byteLength(data);
			if (this.buffered === 0) this.stream._duplexState &= WRITE_NOT_QUEUED;
			return data;
		}
		end(data) {
			if (typeof data === "function") this.stream.once("finish", data);
			else if (data !== void 0 && data !== null) this.push(data);
			this.stream._duplexState = (this.stream._duplexState | WRITE_FINISHING) & WRITE_NON_PRIMARY;
		}
		autoBatch(data, cb) {
			const buffer = [];
			const stream = this.stream;
			buffer.push(data);
			while ((stream._duplexState & WRITE_STATUS) === WRITE_QUEUED_AND_ACTIVE) buffer.push(stream._writableState.shift());
			if ((stream._duplexState & OPEN_STATUS) !== 0) return cb(null);
			stream._writev(buffer, cb);
		}
		update() {
			const stream = this.stream;
			stream._duplexState |= WRITE_UPDATING;
			do {
				while ((stream._duplexState & WRITE_STATUS) === WRITE_QUEUED) {
					const data = this.shift();
					stream._duplexState |= WRITE_ACTIVE_AND_WRITING;
					stream._write(data, this.afterWrite);
				}
				if ((stream._duplexState & WRITE_PRIMARY_AND_ACTIVE) === 0) this.updateNonPrimary();
			} while (this.continueUpdate() === true);
			stream._duplexState &= WRITE_NOT_UPDATING;
		}
		updateNonPrimary() {
			const stream = this.stream;
			if ((stream._duplexState & WRITE_FINISHING_STATUS) === WRITE_FINISHING) {
				stream._duplexState = stream._duplexState | WRITE_ACTIVE;
				stream._final(afterFinal.bind(this));
				return;
			}
			if ((stream._duplexState & DESTROY_STATUS) === DESTROYING) {
				if ((stream._duplexState & ACTIVE_OR_TICKING) === 0) {
					stream._duplexState |= ACTIVE;
					stream._destroy(afterDestroy.bind(this));
				}
				return;
			}
			if ((stream._duplexState & IS_OPENING) === OPENING) {
				stream._duplexState = (stream._duplexState | ACTIVE) & NOT_OPENING;
				stream._open(afterOpen.bind(this));
			}
		}
		continueUpdate() {
			if ((this.stream._duplexState & WRITE_NEXT_TICK) === 0) return false;
			this.stream._duplexState &= WRITE_NOT_NEXT_TICK;
			return true;
		}
		updateCallback() {
			if ((this.stream._duplexState & WRITE_UPDATE_SYNC_STATUS) === WRITE_PRIMARY) this.update();
			else this.updateNextTick();
		}
		updateNextTick() {
			if ((this.stream._duplexState & WRITE_NEXT_TICK) !== 0) return;
			this.stream._duplexState |= WRITE_NEXT_TICK;
			if ((this.stream._duplexState & WRITE_UPDATING) === 0) qmt(this.afterUpdateNextTick);
		}
	};
	var ReadableState = class {
		constructor(stream, { highWaterMark = 16384, map = null, mapReadable, byteLength, byteLengthReadable } = {}) {
			this.stream = stream;
			this.queue = new FIFO();
			this.highWaterMark = highWaterMark === 0 ? 1 : highWaterMark;
			this.buffered = 0;
			this.readAhead = highWaterMark > 0;
			this.error = null;
			this.pipeline = null;
			this.byteLength = byteLengthReadable || byteLength || defaultByteLength;
			this.map = mapReadable || map;
			this.pipeTo = null;
			this.afterRead = afterRead.bind(this);
			this.afterUpdateNextTick = updateReadNT.bind(this);
		}
		get ending() {
			return (this.stream._duplexState & READ_ENDING) !== 0;
		}
		get ended() {
			return (this.stream._duplexState & READ_DONE) !== 0;
		}
		pipe(pipeTo, cb) {
			if (this.pipeTo !== null) throw StreamError.BAD_ARGUMENT("Can only pipe to one destination");
			if (typeof cb !== "function") cb = null;
			this.stream._duplexState |= READ_PIPE_DRAINED;
			this.pipeTo = pipeTo;
			this.pipeline = new Pipeline(this.stream, pipeTo, cb);
			if (cb) this.stream.on("error", noop);
			if (isStreamx(pipeTo)) {
				pipeTo._writableState.pipeline = this.pipeline;
				if (cb) pipeTo.on("error", noop);
				pipeTo.on("finish", this.pipeline.finished.bind(this.pipeline));
			} else {
				const onerror = this.pipeline.done.bind(this.pipeline, pipeTo);
				const onclose = this.pipeline.done.bind(this.pipeline, pipeTo, null);
				pipeTo.on("error", onerror);
				pipeTo.on("close", onclose);
				pipeTo.on("finish", this.pipeline.finished.bind(this.pipeline));
			}
			pipeTo.on("drain", afterDrain.bind(this));
			this.stream.emit("piping", pipeTo);
			pipeTo.emit("pipe", this.stream);
		}
		push(data) {
			const stream = this.stream;
			if (data === null) {
				this.highWaterMark = 0;
				stream._duplexState = (stream._duplexState | READ_ENDING) & READ_NON_PRIMARY_AND_PUSHED;
				return false;
			}
			if (this.map !== null) {
				data = this.map(data);
				if (data === null) {
					stream._duplexState &= READ_PUSHED;
					return this.buffered < this.highWaterMark;
				}
			}
			this.buffered += this.byteLength(data);
			this.queue.push(data);
			stream._duplexState = (stream._duplexState | READ_QUEUED) & READ_PUSHED;
			return this.buffered < this.highWaterMark;
		}
		shift() {
			const data = this.queue.shift();
			this.buffered -= this.byteLength(data);
			if (this.buffered === 0) this.stream._duplexState &= READ_NOT_QUEUED;
			return data;
		}
		unshift(data) {
			const pending = [this.map !== null ? this.map(data) : data];
			while (this.buffered > 0) pending.push(this.shift());
			for (let i = 0; i < pending.length - 1; i++) {
				const data = pending[i];
				this.buffered += this.byteLength(data);
				this.queue.push(data);
			}
			this.push(pending[pending.length - 1]);
		}
		read() {
			const stream = this.stream;
			if ((stream._duplexState & READ_STATUS) === READ_QUEUED) {
				const data = this.shift();
				if (this.pipeTo !== null && this.pipeTo.write(data) === false) stream._duplexState &= READ_PIPE_NOT_DRAINED;
				if ((stream._duplexState & READ_EMIT_DATA) !== 0) stream.emit("data", data);
				return data;
			}
			if (this.readAhead === false) {
				stream._duplexState |= READ_READ_AHEAD;
				this.updateNextTick();
			}
			return null;
		}
		drain() {
			const stream = this.stream;
			while ((stream._duplexState & READ_STATUS) === READ_QUEUED && (stream._duplexState & READ_FLOWING) !== 0) {
				const data = this.shift();
				if (this.pipeTo !== null && this.pipeTo.write(data) === false) stream._duplexState &= READ_PIPE_NOT_DRAINED;
				if ((stream._duplexState & READ_EMIT_DATA) !== 0) stream.emit("data", data);
			}
		}
		update() {
			const stream = this.stream;
			stream._duplexState |= READ_UPDATING;
			do {
				this.drain();
				while (this.buffered < this.highWaterMark && (stream._duplexState & SHOULD_NOT_READ) === READ_READ_AHEAD) {
					stream._duplexState |= READ_ACTIVE_AND_NEEDS_PUSH;
					stream._read(this.afterRead);
					this.drain();
				}
				if ((stream._duplexState & READ_READABLE_STATUS) === READ_EMIT_READABLE_AND_QUEUED) {
					stream._duplexState |= READ_EMITTED_READABLE;
					stream.emit("readable");
				}
				if ((stream._duplexState & READ_PRIMARY_AND_ACTIVE) === 0) this.updateNonPrimary();
			} while (this.continueUpdate() === true);
			stream._duplexState &= READ_NOT_UPDATING;
		}
		updateNonPrimary() {
			const stream = this.stream;
			if ((stream._duplexState & READ_ENDING_STATUS) === READ_ENDING) {
				stream._duplexState = (stream._duplexState | READ_DONE) & READ_NOT_ENDING;
				stream.emit("end");
				if ((stream._duplexState & AUTO_DESTROY) === DONE) stream._duplexState |= DESTROYING;
				if (this.pipeTo !== null) this.pipeTo.end();
			}
			if ((stream._duplexState & DESTROY_STATUS) === DESTROYING) {
				if ((stream._duplexState & ACTIVE_OR_TICKING) === 0) {
					stream._duplexState |= ACTIVE;
					stream._destroy(afterDestroy.bind(this));
				}
				return;
			}
			if ((stream._duplexState & IS_OPENING) === OPENING) {
				stream._duplexState = (stream._duplexState | ACTIVE) & NOT_OPENING;
				stream._open(afterOpen.bind(this));
			}
		}
		continueUpdate() {
			if ((this.stream._duplexState & READ_NEXT_TICK) === 0) return false;
			this.stream._duplexState &= READ_NOT_NEXT_TICK;
			return true;
		}
		updateCallback() {
			if ((this.stream._duplexState & READ_UPDATE_SYNC_STATUS) === READ_PRIMARY) this.update();
			else this.updateNextTick();
		}
		updateNextTickIfOpen() {
			if ((this.stream._duplexState & READ_NEXT_TICK_OR_OPENING) !== 0) return;
			this.stream._duplexState |= READ_NEXT_TICK;
			if ((this.stream._duplexState & READ_UPDATING) === 0) qmt(this.afterUpdateNextTick);
		}
		updateNextTick() {
			if ((this.stream._duplexState & READ_NEXT_TICK) !== 0) return;
			this.stream._duplexState |= READ_NEXT_TICK;
			if ((this.stream._duplexState & READ_UPDATING) === 0) qmt(this.afterUpdateNextTick);
		}
	};
	var TransformState = class {
		constructor(stream) {
			this.data = null;
			this.afterTransform = afterTransform.bind(stream);
			this.afterFinal = null;
		}
	};
	var Pipeline = class {
		constructor(src, dst, cb) {
			this.from = src;
			this.to = dst;
			this.afterPipe = cb;
			this.error = null;
			this.pipeToFinished = false;
		}
		finished() {
			this.pipeToFinished = true;
		}
		done(stream, err) {
			if (err) this.error = err;
			if (stream === this.to) {
				this.to = null;
				if (this.from !== null) {
					if ((this.from._duplexState & READ_DONE) === 0 || !this.pipeToFinished) this.from.destroy(this.error || StreamError.PREMATURE_CLOSE("Writable stream closed"));
					return;
				}
			}
			if (stream === this.from) {
				this.from = null;
				if (this.to !== null) {
					if ((stream._duplexState & READ_DONE) === 0) this.to.destroy(this.error || StreamError.PREMATURE_CLOSE("Readable stream closed"));
					return;
				}
			}
			if (this.afterPipe !== null) this.afterPipe(this.error);
			this.to = this.from = this.afterPipe = null;
		}
	};
	function afterDrain() {
		this.stream._duplexState |= READ_PIPE_DRAINED;
		this.updateCallback();
	}
	function afterFinal(err) {
		const stream = this.stream;
		if (err) stream.destroy(err);
		if ((stream._duplexState & DESTROY_STATUS) === 0) {
			stream._duplexState |= WRITE_DONE;
			stream.emit("finish");
		}
		if ((stream._duplexState & AUTO_DESTROY) === DONE) stream._duplexState |= DESTROYING;
		stream._duplexState &= WRITE_NOT_FINISHING;
		if ((stream._duplexState & WRITE_UPDATING) === 0) this.update();
		else this.updateNextTick();
	}
	function afterDestroy(err) {
		const stream = this.stream;
		if (!err && !StreamError.isStreamDestroyed(this.error)) err = this.error;
		if (err) stream.emit("error", err);
		stream._duplexState |= DESTROYED;
		stream.emit("close");
		const rs = stream._readableState;
		const ws = stream._writableState;
		if (rs !== null && rs.pipeline !== null) rs.pipeline.done(stream, err);
		if (ws !== null) {
			while (ws.drains !== null && ws.drains.length > 0) ws.drains.shift().resolve(false);
			if (ws.pipeline !== null) ws.pipeline.done(stream, err);
		}
	}
	function afterWrite(err) {
		const stream = this.stream;
		if (err) stream.destroy(err);
		stream._duplexState &= WRITE_NOT_ACTIVE;
		if (this.drains !== null) tickDrains(this.drains);
		if ((stream._duplexState & WRITE_DRAIN_STATUS) === WRITE_UNDRAINED) {
			stream._duplexState &= WRITE_DRAINED;
			if ((stream._duplexState & WRITE_EMIT_DRAIN) === WRITE_EMIT_DRAIN) stream.emit("drain");
		}
		this.updateCallback();
	}
	function afterRead(err) {
		if (err) this.stream.destroy(err);
		this.stream._duplexState &= READ_NOT_ACTIVE;
		if (this.readAhead === false && (this.stream._duplexState & READ_RESUMED) === 0) this.stream._duplexState &= READ_NO_READ_AHEAD;
		this.updateCallback();
	}
	function updateReadNT() {
		if ((this.stream._duplexState & READ_UPDATING) === 0) {
			this.stream._duplexState &= READ_NOT_NEXT_TICK;
			this.update();
		}
	}
	function updateWriteNT() {
		if ((this.stream._duplexState & WRITE_UPDATING) === 0) {
			this.stream._duplexState &= WRITE_NOT_NEXT_TICK;
			this.update();
		}
	}
	function tickDrains(drains) {
		for (let i = 0; i < drains.length; i++) if (--drains[i].writes === 0) {
			drains.shift().resolve(true);
			i--;
		}
	}
	function afterOpen(err) {
		const stream = this.stream;
		if (err) stream.destroy(err);
		if ((stream._duplexState & DESTROYING) === 0) {
			if ((stream._duplexState & READ_PRIMARY_STATUS) === 0) stream._duplexState |= READ_PRIMARY;
			if ((stream._duplexState & WRITE_PRIMARY_STATUS) === 0) stream._duplexState |= WRITE_PRIMARY;
			stream.emit("open");
		}
		stream._duplexState &= NOT_ACTIVE;
		if (stream._writableState !== null) stream._writableState.updateCallback();
		if (stream._readableState !== null) stream._readableState.updateCallback();
	}
	function afterTransform(err, data) {
		if (data !== void 0 && data !== null) this.push(data);
		this._writableState.afterWrite(err);
	}
	function newListener(name) {
		if (this._readableState !== null) {
			if (name === "data") {
				this._duplexState |= 133376;
				this._readableState.updateNextTick();
			}
			if (name === "readable") {
				this._duplexState |= READ_EMIT_READABLE;
				this._readableState.updateNextTick();
			}
		}
		if (this._writableState !== null) {
			if (name === "drain") {
				this._duplexState |= WRITE_EMIT_DRAIN;
				this._writableState.updateNextTick();
			}
		}
	}
	var Stream = class extends EventEmitter {
		constructor(opts) {
			super();
			this._duplexState = 0;
			this._readableState = null;
			this._writableState = null;
			if (opts) {
				if (opts.open) this._open = opts.open;
				if (opts.destroy) this._destroy = opts.destroy;
				if (opts.predestroy) this._predestroy = opts.predestroy;
				if (opts.signal) opts.signal.addEventListener("abort", abort.bind(this));
			}
			this.on("newListener", newListener);
		}
		_open(cb) {
			cb(null);
		}
		_destroy(cb) {
			cb(null);
		}
		_predestroy() {}
		get readable() {
			return this._readableState !== null ? true : void 0;
		}
		get writable() {
			return this._writableState !== null ? true : void 0;
		}
		get destroyed() {
			return (this._duplexState & DESTROYED) !== 0;
		}
		get destroying() {
			return (this._duplexState & DESTROY_STATUS) !== 0;
		}
		destroy(err) {
			if ((this._duplexState & DESTROY_STATUS) === 0) {
				if (!err) err = StreamError.STREAM_DESTROYED();
				this._duplexState = (this._duplexState | DESTROYING) & NON_PRIMARY;
				if (this._readableState !== null) {
					this._readableState.highWaterMark = 0;
					this._readableState.error = err;
				}
				if (this._writableState !== null) {
					this._writableState.highWaterMark = 0;
					this._writableState.error = err;
				}
				this._duplexState |= PREDESTROYING;
				this._predestroy();
				this._duplexState &= NOT_PREDESTROYING;
				if (this._readableState !== null) this._readableState.updateNextTick();
				if (this._writableState !== null) this._writableState.updateNextTick();
			}
		}
	};
	var Readable = class Readable extends Stream {
		constructor(opts) {
			super(opts);
			this._duplexState |= 8519681;
			this._readableState = new ReadableState(this, opts);
			if (opts) {
				if (this._readableState.readAhead === false) this._duplexState &= READ_NO_READ_AHEAD;
				if (opts.read) this._read = opts.read;
				if (opts.eagerOpen) this._readableState.updateNextTick();
				if (opts.encoding) this.setEncoding(opts.encoding);
			}
		}
		static deferred(fn, opts) {
			const out = new PassThrough(opts);
			fn().then((src) => {
				if (src === null) return out.end();
				if (out.destroying) return;
				pipeline(src, out, noop);
			}).catch((err) => out.destroy(err));
			return out;
		}
		setEncoding(encoding) {
			const dec = new TextDecoder(encoding);
			const map = this._readableState.map || echo;
			this._readableState.map = mapOrSkip;
			return this;
			function mapOrSkip(data) {
				const next = dec.push(data);
				return next === "" && (data.byteLength !== 0 || dec.remaining > 0) ? null : map(next);
			}
		}
		_read(cb) {
			cb(null);
		}
		pipe(dest, cb) {
			this._readableState.updateNextTick();
			this._readableState.pipe(dest, cb);
			return dest;
		}
		read() {
			this._readableState.updateNextTick();
			return this._readableState.read();
		}
		push(data) {
			this._readableState.updateNextTickIfOpen();
			return this._readableState.push(data);
		}
		unshift(data) {
			this._readableState.updateNextTickIfOpen();
			return this._readableState.unshift(data);
		}
		resume() {
			this._duplexState |= READ_RESUMED_READ_AHEAD;
			this._readableState.updateNextTick();
			return this;
		}
		pause() {
			this._duplexState &= this._readableState.readAhead === false ? READ_PAUSED_NO_READ_AHEAD : READ_PAUSED;
			return this;
		}
		static _fromAsyncIterator(ite, opts) {
			let destroy;
			const rs = new Readable({
				...opts,
				read(cb) {
					ite.next().then(push).then(cb.bind(null, null)).catch(cb);
				},
				predestroy() {
					destroy = ite.return();
				},
				destroy(cb) {
					if (!destroy) return cb(null);
					destroy.then(cb.bind(null, null)).catch(cb);
				}
			});
			return rs;
			function push(data) {
				if (data.done) rs.push(null);
				else rs.push(data.value);
			}
		}
		static from(data, opts) {
			if (isReadStreamx(data)) return data;
			if (data[asyncIterator]) return this._fromAsyncIterator(data[asyncIterator](), opts);
			if (!Array.isArray(data)) data = data === void 0 ? [] : [data];
			let i = 0;
			return new Readable({
				...opts,
				read(cb) {
					this.push(i === data.length ? null : data[i++]);
					cb(null);
				}
			});
		}
		static isBackpressured(rs) {
			return (rs._duplexState & READ_BACKPRESSURE_STATUS) !== 0 || rs._readableState.buffered >= rs._readableState.highWaterMark;
		}
		static isPaused(rs) {
			return (rs._duplexState & READ_RESUMED) === 0;
		}
		[asyncIterator]() {
			const stream = this;
			let error = null;
			let promiseResolve = null;
			let promiseReject = null;
			this.on("error", (err) => {
				error = err;
			});
			this.on("readable", onreadable);
			this.on("close", onclose);
			return {
				[asyncIterator]() {
					return this;
				},
				next() {
					return new Promise(function(resolve, reject) {
						promiseResolve = resolve;
						promiseReject = reject;
						const data = stream.read();
						if (data !== null) ondata(data);
						else if ((stream._duplexState & DESTROYED) !== 0) ondata(null);
					});
				},
				return() {
					return destroy(null);
				},
				throw(err) {
					return destroy(err);
				}
			};
			function onreadable() {
				if (promiseResolve !== null) ondata(stream.read());
			}
			function onclose() {
				if (promiseResolve !== null) ondata(null);
			}
			function ondata(data) {
				if (promiseReject === null) return;
				if (error) promiseReject(error);
				else if (data === null && (stream._duplexState & READ_DONE) === 0) promiseReject(StreamError.STREAM_DESTROYED());
				else promiseResolve({
					value: data,
					done: data === null
				});
				promiseReject = promiseResolve = null;
			}
			function destroy(err) {
				stream.destroy(err);
				return new Promise((resolve, reject) => {
					if (stream._duplexState & DESTROYED) return resolve({
						value: void 0,
						done: true
					});
					stream.once("close", function() {
						if (err) reject(err);
						else resolve({
							value: void 0,
							done: true
						});
					});
				});
			}
		}
	};
	var Writable = class extends Stream {
		constructor(opts) {
			super(opts);
			this._duplexState |= 16385;
			this._writableState = new WritableState(this, opts);
			if (opts) {
				if (opts.writev) this._writev = opts.writev;
				if (opts.write) this._write = opts.write;
				if (opts.final) this._final = opts.final;
				if (opts.eagerOpen) this._writableState.updateNextTick();
			}
		}
		cork() {
			this._duplexState |= WRITE_CORKED;
		}
		uncork() {
			this._duplexState &= WRITE_NOT_CORKED;
			this._writableState.updateNextTick();
		}
		_writev(batch, cb) {
			cb(null);
		}
		_write(data, cb) {
			this._writableState.autoBatch(data, cb);
		}
		_final(cb) {
			cb(null);
		}
		static isBackpressured(ws) {
			return (ws._duplexState & WRITE_BACKPRESSURE_STATUS) !== 0;
		}
		static drained(ws) {
			if (ws.destroyed) return Promise.resolve(false);
			const state = ws._writableState;
			const writes = (isWritev(ws) ? Math.min(1, state.queue.length) : state.queue.length) + (ws._duplexState & WRITE_WRITING ? 1 : 0);
			if (writes === 0) return Promise.resolve(true);
			if (state.drains === null) state.drains = [];
			return new Promise((resolve) => {
				state.drains.push({
					writes,
					resolve
				});
			});
		}
		write(data) {
			this._writableState.updateNextTick();
			return this._writableState.push(data);
		}
		end(data) {
			this._writableState.updateNextTick();
			this._writableState.end(data);
			return this;
		}
	};
	var Duplex = class extends Readable {
		constructor(opts) {
			super(opts);
			this._duplexState = OPENING | this._duplexState & READ_READ_AHEAD;
			this._writableState = new WritableState(this, opts);
			if (opts) {
				if (opts.writev) this._writev = opts.writev;
				if (opts.write) this._write = opts.write;
				if (opts.final) this._final = opts.final;
			}
		}
		cork() {
			this._duplexState |= WRITE_CORKED;
		}
		uncork() {
			this._duplexState &= WRITE_NOT_CORKED;
			this._writableState.updateNextTick();
		}
		_writev(batch, cb) {
			cb(null);
		}
		_write(data, cb) {
			this._writableState.autoBatch(data, cb);
		}
		_final(cb) {
			cb(null);
		}
		write(data) {
			this._writableState.updateNextTick();
			return this._writableState.push(data);
		}
		end(data) {
			this._writableState.updateNextTick();
			this._writableState.end(data);
			return this;
		}
	};
	var Transform = class extends Duplex {
		constructor(opts) {
			super(opts);
			this._transformState = new TransformState(this);
			if (opts) {
				if (opts.transform) this._transform = opts.transform;
				if (opts.flush) this._flush = opts.flush;
			}
		}
		_write(data, cb) {
			if (this._readableState.buffered >= this._readableState.highWaterMark) this._transformState.data = data;
			else this._transform(data, this._transformState.afterTransform);
		}
		_read(cb) {
			if (this._transformState.data !== null) {
				const data = this._transformState.data;
				this._transformState.data = null;
				cb(null);
				this._transform(data, this._transformState.afterTransform);
			} else cb(null);
		}
		destroy(err) {
			super.destroy(err);
			if (this._transformState.data !== null) {
				this._transformState.data = null;
				this._transformState.afterTransform();
			}
		}
		_transform(data, cb) {
			cb(null, data);
		}
		_flush(cb) {
			cb(null);
		}
		_final(cb) {
			this._transformState.afterFinal = cb;
			this._flush(transformAfterFlush.bind(this));
		}
	};
	var PassThrough = class extends Transform {};
	function transformAfterFlush(err, data) {
		const cb = this._transformState.afterFinal;
		if (err) return cb(err);
		if (data !== null && data !== void 0) this.push(data);
		this.push(null);
		cb(null);
	}
	function pipelinePromise(...streams) {
		return new Promise((resolve, reject) => {
			return pipeline(...streams, (err) => {
				if (err) return reject(err);
				resolve();
			});
		});
	}
	function pipeline(stream, ...streams) {
		const all = Array.isArray(stream) ? [...stream, ...streams] : [stream, ...streams];
		const done = all.length && typeof all[all.length - 1] === "function" ? all.pop() : null;
		if (all.length < 2) throw StreamError.BAD_ARGUMENT("Pipeline requires at least 2 streams");
		let src = all[0];
		let dest = null;
		let error = null;
		for (let i = 1; i < all.length; i++) {
			dest = all[i];
			if (isStreamx(src)) src.pipe(dest, onerror);
			else {
				errorHandle(src, true, i > 1, onerror);
				src.pipe(dest);
			}
			src = dest;
		}
		if (done) {
			let fin = false;
			const autoDestroy = isStreamx(dest) || !!(dest._writableState && dest._writableState.autoDestroy);
			dest.on("error", (err) => {
				if (error === null) error = err;
			});
			dest.on("finish", () => {
				fin = true;
				if (!autoDestroy) done(error);
			});
			if (autoDestroy) dest.on("close", () => done(error || (fin ? null : StreamError.PREMATURE_CLOSE())));
		}
		return dest;
		function errorHandle(s, rd, wr, onerror) {
			s.on("error", onerror);
			s.on("close", onclose);
			function onclose() {
				if (rd && s._readableState && !s._readableState.ended) return onerror(StreamError.PREMATURE_CLOSE());
				if (wr && s._writableState && !s._writableState.ended) return onerror(StreamError.PREMATURE_CLOSE());
			}
		}
		function onerror(err) {
			if (!err || error) return;
			error = err;
			for (const s of all) s.destroy(err);
		}
	}
	function echo(s) {
		return s;
	}
	function isStream(stream) {
		return !!stream._readableState || !!stream._writableState;
	}
	function isStreamx(stream) {
		return typeof stream._duplexState === "number" && isStream(stream);
	}
	function isEnding(stream) {
		return !!stream._readableState && stream._readableState.ending;
	}
	function isEnded(stream) {
		return !!stream._readableState && stream._readableState.ended;
	}
	function isFinishing(stream) {
		return !!stream._writableState && stream._writableState.ending;
	}
	function isFinished(stream) {
		return !!stream._writableState && stream._writableState.ended;
	}
	function getStreamError(stream, opts = {}) {
		const err = stream._readableState && stream._readableState.error || stream._writableState && stream._writableState.error;
		return !opts.all && StreamError.isStreamDestroyed(err) ? null : err;
	}
	function isReadStreamx(stream) {
		return isStreamx(stream) && stream.readable;
	}
	function isDisturbed(stream) {
		return (stream._duplexState & OPENING) !== OPENING || (stream._duplexState & DESTROYING) === DESTROYING || (stream._duplexState & ACTIVE_OR_TICKING) !== 0;
	}
	function isTypedArray(data) {
		return typeof data === "object" && data !== null && typeof data.byteLength === "number";
	}
	function defaultByteLength(data) {
		return isTypedArray(data) ? data.byteLength : 1024;
	}
	function noop() {}
	function abort() {
		this.destroy(StreamError.ABORTED());
	}
	function isWritev(s) {
		return s._writev !== Writable.prototype._writev && s._writev !== Duplex.prototype._writev;
	}
	module.exports = {
		pipeline,
		pipelinePromise,
		isStream,
		isStreamx,
		isEnding,
		isEnded,
		isFinishing,
		isFinished,
		isDisturbed,
		getStreamError,
		Stream,
		Writable,
		Readable,
		Duplex,
		Transform,
		PassThrough
	};
}));
// node_modules/tar-stream/headers.js
var require_headers = __commonJSMin(((exports) => {
	const b4a = require_b4a();
	const ZEROS = "0000000000000000000";
	const SEVENS = "7777777777777777777";
	const ZERO_OFFSET = "0".charCodeAt(0);
	const USTAR_MAGIC = b4a.from([
		117,
		115,
		116,
		97,
		114,
		0
	]);
	const USTAR_VER = b4a.from([ZERO_OFFSET, ZERO_OFFSET]);
	const GNU_MAGIC = b4a.from([
		117,
		115,
		116,
		97,
		114,
		32
	]);
	const GNU_VER = b4a.from([32, 0]);
	const MASK = 4095;
	const MAGIC_OFFSET = 257;
	const VERSION_OFFSET = 263;
	exports.decodeLongPath = function decodeLongPath(buf, encoding) {
		return decodeStr(buf, 0, buf.length, encoding);
	};
	exports.encodePax = function encodePax(opts) {
		let result = "";
		if (opts.name) result += addLength(" path=" + opts.name + "\n");
		if (opts.linkname) result += addLength(" linkpath=" + opts.linkname + "\n");
		const pax = opts.pax;
		if (pax) for (const key in pax) result += addLength(" " + key + "=" + pax[key] + "\n");
		return b4a.from(result);
	};
	exports.decodePax = function decodePax(buf) {
		const result = {};
		while (buf.length) {
			let i = 0;
			while (i < buf.length && buf[i] !== 32) i++;
			const len = parseInt(b4a.toString(buf.subarray(0, i)), 10);
			if (!len) return result;
			const b = b4a.toString(buf.subarray(i + 1, len - 1));
			const keyIndex = b.indexOf("=");
			if (keyIndex === -1) return result;
			result[b.slice(0, keyIndex)] = b.slice(keyIndex + 1);
			buf = buf.subarray(len);
		}
		return result;
	};
	exports.encode = function encode(opts) {
		const buf = b4a.alloc(512);
		let name = opts.name;
		let prefix = "";
		if (opts.typeflag === 5 && name[name.length - 1] !== "/") name += "/";
		if (b4a.byteLength(name) !== name.length) return null;
		while (b4a.byteLength(name) > 100) {
			const i = name.indexOf("/");
			if (i === -1) return null;
			prefix += prefix ? "/" + name.slice(0, i) : name.slice(0, i);
			name = name.slice(i + 1);
		}
		if (b4a.byteLength(name) > 100 || b4a.byteLength(prefix) > 155) return null;
		if (opts.linkname && b4a.byteLength(opts.linkname) > 100) return null;
		b4a.write(buf, name);
		b4a.write(buf, encodeOct(opts.mode & MASK, 6), 100);
		b4a.write(buf, encodeOct(opts.uid, 6), 108);
		b4a.write(buf, encodeOct(opts.gid, 6), 116);
		encodeSize(opts.size, buf, 124);
		b4a.write(buf, encodeOct(opts.mtime.getTime() / 1e3 | 0, 11), 136);
		buf[156] = ZERO_OFFSET + toTypeflag(opts.type);
		if (opts.linkname) b4a.write(buf, opts.linkname, 157);
		b4a.copy(USTAR_MAGIC, buf, MAGIC_OFFSET);
		b4a.copy(USTAR_VER, buf, VERSION_OFFSET);
		if (opts.uname) b4a.write(buf, opts.uname, 265);
		if (opts.gname) b4a.write(buf, opts.gname, 297);
		b4a.write(buf, encodeOct(opts.devmajor || 0, 6), 329);
		b4a.write(buf, encodeOct(opts.devminor || 0, 6), 337);
		if (prefix) b4a.write(buf, prefix, 345);
		b4a.write(buf, encodeOct(cksum(buf), 6), 148);
		return buf;
	};
	exports.decode = function decode(buf, filenameEncoding, allowUnknownFormat) {
		let typeflag = buf[156] === 0 ? 0 : buf[156] - ZERO_OFFSET;
		let name = decodeStr(buf, 0, 100, filenameEncoding);
		const mode = decodeOct(buf, 100, 8);
		const uid = decodeOct(buf, 108, 8);
		const gid = decodeOct(buf, 116, 8);
		const size = decodeOct(buf, 124, 12);
		const mtime = decodeOct(buf, 136, 12);
		const type = toType(typeflag);
		const linkname = buf[157] === 0 ? null : decodeStr(buf, 157, 100, filenameEncoding);
		const uname = decodeStr(buf, 265, 32);
		const gname = decodeStr(buf, 297, 32);
		const devmajor = decodeOct(buf, 329, 8);
		const devminor = decodeOct(buf, 337, 8);
		const c = cksum(buf);
		if (c === 256) return null;
		if (c !== decodeOct(buf, 148, 8)) throw new Error("Invalid tar header. Maybe the tar is corrupted or it needs to be gunzipped?");
		if (isUSTAR(buf)) {
			if (buf[345]) name = decodeStr(buf, 345, 155, filenameEncoding) + "/" + name;
		} else if (isGNU(buf)) {} else if (!allowUnknownFormat) throw new Error("Invalid tar header: unknown format.");
		if (typeflag === 0 && name && name[name.length - 1] === "/") typeflag = 5;
		return {
			name,
			mode,
			uid,
			gid,
			size,
			byteOffset: 0,
			mtime: new Date(1e3 * mtime),
			type,
			linkname,
			uname,
			gname,
			devmajor,
			devminor,
			pax: null
		};
	};
	function isUSTAR(buf) {
		return b4a.equals(USTAR_MAGIC, buf.subarray(MAGIC_OFFSET, 263));
	}
	function isGNU(buf) {
		return b4a.equals(GNU_MAGIC, buf.subarray(MAGIC_OFFSET, 263)) && b4a.equals(GNU_VER, buf.subarray(VERSION_OFFSET, 265));
	}
	function clamp(index, len, defaultValue) {
		if (typeof index !== "number") return defaultValue;
		index = ~~index;
		if (index >= len) return len;
		if (index >= 0) return index;
		index += len;
		if (index >= 0) return index;
		return 0;
	}
	function toType(flag) {
		switch (flag) {
			case 0: return "file";
			case 1: return "link";
			case 2: return "symlink";
			case 3: return "character-device";
			case 4: return "block-device";
			case 5: return "directory";
			case 6: return "fifo";
			case 7: return "contiguous-file";
			case 72: return "pax-header";
			case 55: return "pax-global-header";
			case 27: return "gnu-long-link-path";
			case 28:
			case 30: return "gnu-long-path";
		}
		return null;
	}
	function toTypeflag(flag) {
		switch (flag) {
			case "file": return 0;
			case "link": return 1;
			case "symlink": return 2;
			case "character-device": return 3;
			case "block-device": return 4;
			case "directory": return 5;
			case "fifo": return 6;
			case "contiguous-file": return 7;
			case "pax-header": return 72;
		}
		return 0;
	}
	function indexOf(block, num, offset, end) {
		for (; offset < end; offset++) if (block[offset] === num) return offset;
		return end;
	}
	function cksum(block) {
		let sum = 256;
		for (let i = 0; i < 148; i++) sum += block[i];
		for (let j = 156; j < 512; j++) sum += block[j];
		return sum;
	}
	function encodeOct(val, n) {
		val = val.toString(8);
		if (val.length > n) return SEVENS.slice(0, n) + " ";
		return ZEROS.slice(0, n - val.length) + val + " ";
	}
	function encodeSizeBin(num, buf, off) {
		buf[off] = 128;
		for (let i = 11; i > 0; i--) {
			buf[off + i] = num & 255;
			num = Math.floor(num / 256);
		}
	}
	function encodeSize(num, buf, off) {
		if (num.toString(8).length > 11) encodeSizeBin(num, buf, off);
		else b4a.write(buf, encodeOct(num, 11), off);
	}
	function parse256(buf) {
		let positive;
		if (buf[0] === 128) positive = true;
		else if (buf[0] === 255) positive = false;
		else return null;
		const tuple = [];
		let i;
		for (i = buf.length - 1; i > 0; i--) {
			const byte = buf[i];
			if (positive) tuple.push(byte);
			else tuple.push(255 - byte);
		}
		let sum = 0;
		const l = tuple.length;
		for (i = 0; i < l; i++) sum += tuple[i] * Math.pow(256, i);
		return positive ? sum : -1 * sum;
	}
	function decodeOct(val, offset, length) {
		val = val.subarray(offset, offset + length);
		offset = 0;
		if (val[offset] & 128) return parse256(val);
		else {
			while (offset < val.length && val[offset] === 32) offset++;
			const end = clamp(indexOf(val, 32, offset, val.length), val.length, val.length);
			while (offset < end && val[offset] === 0) offset++;
			if (end === offset) return 0;
			return parseInt(b4a.toString(val.subarray(offset, end)), 8);
		}
	}
	function decodeStr(val, offset, length, encoding) {
		return b4a.toString(val.subarray(offset, indexOf(val, 0, offset, offset + length)), encoding);
	}
	function addLength(str) {
		const len = b4a.byteLength(str);
		let digits = Math.floor(Math.log(len) / Math.log(10)) + 1;
		if (len + digits >= Math.pow(10, digits)) digits++;
		return len + digits + str;
	}
}));
// node_modules/tar-stream/extract.js
var require_extract = __commonJSMin(((exports, module) => {
	const { Writable, Readable, getStreamError } = require_streamx();
	const FIFO = require_fast_fifo();
	const b4a = require_b4a();
	const headers = require_headers();
	const EMPTY = b4a.alloc(0);
	const MAX_HEADER_SIZE = 4194304;
	var BufferList = class {
		constructor() {
			this.buffered = 0;
			this.shifted = 0;
			this.queue = new FIFO();
			this._offset = 0;
		}
		push(buffer) {
			this.buffered += buffer.byteLength;
			this.queue.push(buffer);
		}
		shiftFirst(size) {
			return this.buffered === 0 ? null : this._next(size);
		}
		shift(size) {
			if (size > this.buffered) return null;
			if (size === 0) return EMPTY;
			let chunk = this._next(size);
			if (size === chunk.byteLength) return chunk;
			const chunks = [chunk];
			while ((size -= chunk.byteLength) > 0) {
				chunk = this._next(size);
				chunks.push(chunk);
			}
			return b4a.concat(chunks);
		}
		_next(size) {
			const buf = this.queue.peek();
			const rem = buf.byteLength - this._offset;
			if (size >= rem) {
				const sub = this._offset ? buf.subarray(this._offset, buf.byteLength) : buf;
				this.queue.shift();
				this._offset = 0;
				this.buffered -= rem;
				this.shifted += rem;
				return sub;
			}
			this.buffered -= size;
			this.shifted += size;
			return buf.subarray(this._offset, this._offset += size);
		}
	};
	var Source = class extends Readable {
		constructor(self, header, offset) {
			super();
			this.header = header;
			this.offset = offset;
			this._parent = self;
		}
		_read(cb) {
			if (this.header.size === 0) this.push(null);
			if (this._parent._stream === this) this._parent._update();
			cb(null);
		}
		_predestroy() {
			this._parent.destroy(getStreamError(this));
		}
		_detach() {
			if (this._parent._stream === this) {
				this._parent._stream = null;
				this._parent._missing = overflow(this.header.size);
				this._parent._update();
			}
		}
		_destroy(cb) {
			this._detach();
			cb(null);
		}
	};
	var Extract = class extends Writable {
		constructor(opts) {
			super(opts);
			if (!opts) opts = {};
			this._buffer = new BufferList();
			this._offset = 0;
			this._header = null;
			this._stream = null;
			this._missing = 0;
			this._longHeader = false;
			this._callback = noop;
			this._locked = false;
			this._finished = false;
			this._pax = null;
			this._paxGlobal = null;
			this._gnuLongPath = null;
			this._gnuLongLinkPath = null;
			this._filenameEncoding = opts.filenameEncoding || "utf-8";
			this._allowUnknownFormat = !!opts.allowUnknownFormat;
			this._unlockBound = this._unlock.bind(this);
		}
		_unlock(err) {
			this._locked = false;
			if (err) {
				this.destroy(err);
				this._continueWrite(err);
				return;
			}
			this._update();
		}
		_consumeHeader() {
			if (this._locked) return false;
			this._offset = this._buffer.shifted;
			try {
				this._header = headers.decode(this._buffer.shift(512), this._filenameEncoding, this._allowUnknownFormat);
			} catch (err) {
				this._continueWrite(err);
				return false;
			}
			if (!this._header) return true;
			this._header.byteOffset = this._buffer.shifted;
			switch (this._header.type) {
				case "gnu-long-path":
				case "gnu-long-link-path":
				case "pax-global-header":
				case "pax-header":
					this._longHeader = true;
					this._missing = this._header.size;
					if (this._missing > MAX_HEADER_SIZE) {
						this._continueWrite(new Error("Header exceeds max size"));
						return false;
					}
					return true;
			}
			this._locked = true;
			this._applyLongHeaders();
			if (!(this._header.size >= 0)) {
				this._continueWrite(new Error("Invalid header"));
				return false;
			}
			if (this._header.size === 0 || this._header.type === "directory") {
				this.emit("entry", this._header, this._createStream(), this._unlockBound);
				return true;
			}
			this._stream = this._createStream();
			this._missing = this._header.size;
			this.emit("entry", this._header, this._stream, this._unlockBound);
			return true;
		}
		_applyLongHeaders() {
			if (this._gnuLongPath) {
				this._header.name = this._gnuLongPath;
				this._gnuLongPath = null;
			}
			if (this._gnuLongLinkPath) {
				this._header.linkname = this._gnuLongLinkPath;
				this._gnuLongLinkPath = null;
			}
			if (this._pax) {
				if (this._pax.path) this._header.name = this._pax.path;
				if (this._pax.linkpath) this._header.linkname = this._pax.linkpath;
				if (this._pax.size) this._header.size = parseInt(this._pax.size, 10);
				this._header.pax = this._pax;
				this._pax = null;
			}
		}
		_decodeLongHeader(buf) {
			switch (this._header.type) {
				case "gnu-long-path":
					this._gnuLongPath = headers.decodeLongPath(buf, this._filenameEncoding);
					break;
				case "gnu-long-link-path":
					this._gnuLongLinkPath = headers.decodeLongPath(buf, this._filenameEncoding);
					break;
				case "pax-global-header":
					this._paxGlobal = headers.decodePax(buf);
					break;
				case "pax-header": this._pax = this._paxGlobal === null ? headers.decodePax(buf) : Object.assign({}, this._paxGlobal, headers.decodePax(buf));
			}
		}
		_consumeLongHeader() {
			this._longHeader = false;
			this._missing = overflow(this._header.size);
			const buf = this._buffer.shift(this._header.size);
			try {
				this._decodeLongHeader(buf);
			} catch (err) {
				this._continueWrite(err);
				return false;
			}
			return true;
		}
		_consumeStream() {
			const buf = this._buffer.shiftFirst(this._missing);
			if (buf === null) return false;
			this._missing -= buf.byteLength;
			const drained = this._stream.push(buf);
			if (this._missing === 0) {
				this._stream.push(null);
				if (drained) this._stream._detach();
				return drained && this._locked === false;
			}
			return drained;
		}
		_createStream() {
			return new Source(this, this._header, this._offset);
		}
		_update() {
			while (this._buffer.buffered > 0 && !this.destroying) {
				if (this._missing > 0) {
					if (this._stream !== null) {
						if (this._consumeStream() === false) return;
						continue;
					}
					if (this._longHeader === true) {
						if (this._missing > this._buffer.buffered) break;
						if (this._consumeLongHeader() === false) return false;
						continue;
					}
					const ignore = this._buffer.shiftFirst(this._missing);
					if (ignore !== null) this._missing -= ignore.byteLength;
					continue;
				}
				if (this._buffer.buffered < 512) break;
				if (this._stream !== null || this._consumeHeader() === false) return;
			}
			this._continueWrite(null);
		}
		_continueWrite(err) {
			const cb = this._callback;
			this._callback = noop;
			cb(err);
		}
		_write(data, cb) {
			this._callback = cb;
			this._buffer.push(data);
			this._update();
		}
		_final(cb) {
			this._finished = this._missing === 0 && this._buffer.buffered === 0;
			cb(this._finished ? null : new Error("Unexpected end of data"));
		}
		_predestroy() {
			this._continueWrite(null);
		}
		_destroy(cb) {
			if (this._stream) this._stream.destroy(getStreamError(this));
			cb(null);
		}
		[Symbol.asyncIterator]() {
			let error = null;
			let promiseResolve = null;
			let promiseReject = null;
			let entryStream = null;
			let entryCallback = null;
			const extract = this;
			this.on("entry", onentry);
			this.on("error", (err) => {
				error = err;
			});
			this.on("close", onclose);
			return {
				[Symbol.asyncIterator]() {
					return this;
				},
				next() {
					return new Promise(onnext);
				},
				return() {
					return destroy(null);
				},
				throw(err) {
					return destroy(err);
				}
			};
			function consumeCallback(err) {
				if (!entryCallback) return;
				const cb = entryCallback;
				entryCallback = null;
				cb(err);
			}
			function onnext(resolve, reject) {
				if (error) return reject(error);
				if (entryStream) {
					resolve({
						value: entryStream,
						done: false
					});
					entryStream = null;
					return;
				}
				promiseResolve = resolve;
				promiseReject = reject;
				consumeCallback(null);
				if (extract._finished && promiseResolve) {
					promiseResolve({
						value: void 0,
						done: true
					});
					promiseResolve = promiseReject = null;
				}
			}
			function onentry(header, stream, callback) {
				entryCallback = callback;
				stream.on("error", noop);
				if (promiseResolve) {
					promiseResolve({
						value: stream,
						done: false
					});
					promiseResolve = promiseReject = null;
				} else entryStream = stream;
			}
			function onclose() {
				consumeCallback(error);
				if (!promiseResolve) return;
				if (error) promiseReject(error);
				else promiseResolve({
					value: void 0,
					done: true
				});
				promiseResolve = promiseReject = null;
			}
			function destroy(err) {
				extract.destroy(err);
				consumeCallback(err);
				return new Promise((resolve, reject) => {
					if (extract.destroyed) return resolve({
						value: void 0,
						done: true
					});
					extract.once("close", function() {
						if (err) reject(err);
						else resolve({
							value: void 0,
							done: true
						});
					});
				});
			}
		}
	};
	module.exports = function extract(opts) {
		return new Extract(opts);
	};
	function noop() {}
	function overflow(size) {
		size &= 511;
		return size && 512 - size;
	}
}));
// node_modules/tar-stream/constants.js
var require_constants = __commonJSMin(((exports, module) => {
	const constants = {
		S_IFMT: 61440,
		S_IFDIR: 16384,
		S_IFCHR: 8192,
		S_IFBLK: 24576,
		S_IFIFO: 4096,
		S_IFLNK: 40960
	};
	try {
		module.exports = __require("fs").constants || constants;
	} catch {
		module.exports = constants;
	}
}));
// node_modules/tar-stream/pack.js
var require_pack = __commonJSMin(((exports, module) => {
	const { Readable, Writable, getStreamError } = require_streamx();
	const b4a = require_b4a();
	const constants = require_constants();
	const headers = require_headers();
	const DMODE = 493;
	const FMODE = 420;
	const END_OF_TAR = b4a.alloc(1024);
	var Sink = class extends Writable {
		constructor(pack, header, callback) {
			super({
				mapWritable,
				eagerOpen: true
			});
			this.written = 0;
			this.header = header;
			this._callback = callback;
			this._linkname = null;
			this._isLinkname = header.type === "symlink" && !header.linkname;
			this._isVoid = header.type !== "file" && header.type !== "contiguous-file";
			this._finished = false;
			this._pack = pack;
			this._openCallback = null;
			if (this._pack._stream === null) this._pack._stream = this;
			else this._pack._pending.push(this);
		}
		_open(cb) {
			this._openCallback = cb;
			if (this._pack._stream === this) this._continueOpen();
		}
		_continuePack(err) {
			if (this._callback === null) return;
			const callback = this._callback;
			this._callback = null;
			callback(err);
		}
		_continueOpen() {
			if (this._pack._stream === null) this._pack._stream = this;
			const cb = this._openCallback;
			this._openCallback = null;
			if (cb === null) return;
			if (this._pack.destroying) return cb(new Error("pack stream destroyed"));
			if (this._pack._finalized) return cb(new Error("pack stream is already finalized"));
			this._pack._stream = this;
			if (!this._isLinkname) this._pack._encode(this.header);
			if (this._isVoid) {
				this._finish();
				this._continuePack(null);
			}
			cb(null);
		}
		_write(data, cb) {
			if (this._isLinkname) {
				this._linkname = this._linkname ? b4a.concat([this._linkname, data]) : data;
				return cb(null);
			}
			if (this._isVoid) {
				if (data.byteLength > 0) return cb(new Error("No body allowed for this entry"));
				return cb();
			}
			this.written += data.byteLength;
			if (this._pack.push(data)) return cb();
			this._pack._drain = cb;
		}
		_finish() {
			if (this._finished) return;
			this._finished = true;
			if (this._isLinkname) {
				this.header.linkname = this._linkname ? b4a.toString(this._linkname, "utf-8") : "";
				this._pack._encode(this.header);
			}
			overflow(this._pack, this.header.size);
			this._pack._done(this);
		}
		_final(cb) {
			if (this.written !== this.header.size) return cb(new Error("Size mismatch"));
			this._finish();
			cb(null);
		}
		_getError() {
			return getStreamError(this) || new Error("tar entry destroyed");
		}
		_predestroy() {
			this._pack.destroy(this._getError());
		}
		_destroy(cb) {
			this._pack._done(this);
			this._continuePack(this._finished ? null : this._getError());
			cb();
		}
	};
	var Pack = class extends Readable {
		constructor(opts) {
			super(opts);
			this._drain = noop;
			this._finalized = false;
			this._finalizing = false;
			this._pending = [];
			this._stream = null;
		}
		entry(header, buffer, callback) {
			if (this._finalized || this.destroying) throw new Error("already finalized or destroyed");
			if (typeof buffer === "function") {
				callback = buffer;
				buffer = null;
			}
			if (!callback) callback = noop;
			if (!header.size || header.type === "symlink") header.size = 0;
			if (!header.type) header.type = modeToType(header.mode);
			if (!header.mode) header.mode = header.type === "directory" ? DMODE : FMODE;
			if (!header.uid) header.uid = 0;
			if (!header.gid) header.gid = 0;
			if (!header.mtime) header.mtime = new Date();
			if (typeof buffer === "string") buffer = b4a.from(buffer);
			const sink = new Sink(this, header, callback);
			if (b4a.isBuffer(buffer)) {
				header.size = buffer.byteLength;
				sink.write(buffer);
				sink.end();
				return sink;
			}
			if (sink._isVoid) return sink;
			return sink;
		}
		finalize() {
			if (this._stream || this._pending.length > 0) {
				this._finalizing = true;
				return;
			}
			if (this._finalized) return;
			this._finalized = true;
			this.push(END_OF_TAR);
			this.push(null);
		}
		_done(stream) {
			if (stream !== this._stream) return;
			this._stream = null;
			if (this._finalizing) this.finalize();
			if (this._pending.length) this._pending.shift()._continueOpen();
		}
		_encode(header) {
			if (!header.pax) {
				const buf = headers.encode(header);
				if (buf) {
					this.push(buf);
					return;
				}
			}
			this._encodePax(header);
		}
		_encodePax(header) {
			const paxHeader = headers.encodePax({
				name: header.name,
				linkname: header.linkname,
				pax: header.pax
			});
			const newHeader = {
				name: "PaxHeader",
				mode: header.mode,
				uid: header.uid,
				gid: header.gid,
				size: paxHeader.byteLength,
				mtime: header.mtime,
				type: "pax-header",
				linkname: header.linkname && "PaxHeader",
				uname: header.uname,
				gname: header.gname,
				devmajor: header.devmajor,
				devminor: header.devminor
			};
			this.push(headers.encode(newHeader));
			this.push(paxHeader);
			overflow(this, paxHeader.byteLength);
			newHeader.size = header.size;
			newHeader.type = header.type;
			this.push(headers.encode(newHeader));
		}
		_doDrain() {
			const drain = this._drain;
			this._drain = noop;
			drain();
		}
		_predestroy() {
			const err = getStreamError(this);
			if (this._stream) this._stream.destroy(err);
			while (this._pending.length) {
				const stream = this._pending.shift();
				stream.destroy(err);
				stream._continueOpen();
			}
			this._doDrain();
		}
		_read(cb) {
			this._doDrain();
			cb();
		}
	};
	module.exports = function pack(opts) {
		return new Pack(opts);
	};
	function modeToType(mode) {
		switch (mode & constants.S_IFMT) {
			case constants.S_IFBLK: return "block-device";
			case constants.S_IFCHR: return "character-device";
			case constants.S_IFDIR: return "directory";
			case constants.S_IFIFO: return "fifo";
			case constants.S_IFLNK: return "symlink";
		}
		return "file";
	}
	function noop() {}
	function overflow(self, size) {
		size &= 511;
		if (size) self.push(END_OF_TAR.subarray(0, 512 - size));
	}
	function mapWritable(buf) {
		return b4a.isBuffer(buf) ? buf : b4a.from(buf);
	}
}));
// node_modules/tar-stream/index.js
var require_tar_stream = __commonJSMin(((exports) => {
	exports.extract = require_extract();
	exports.pack = require_pack();
}));
// src/read/archive/tar.ts
async function* tarMembers(pieces, isOver) {
	const { extract } = await Promise.resolve().then(() => __toESM(require_tar_stream(), 1));
	const archive = extract();
	const source = Readable.from(pieces, { objectMode: false });
	source.on("error", (error) => archive.destroy(error));
	source.pipe(archive);
	try {
		for await (const entry of archive) {
			const { name, type } = entry.header;
			const content = entry[Symbol.asyncIterator]();
			if (type === "file" || type === "contiguous-file" || type === null || type === void 0) yield {
				name,
				open: async () => untilEnd(content)
			};
			if (!isOver()) await drain(content);
		}
	} finally {
		source.destroy();
		archive.destroy();
	}
}
async function* untilEnd(content) {
	for (;;) {
		const { done, value } = await content.next();
		if (done === true) return;
		yield value;
	}
}
async function drain(content) {
	for (;;) if ((await content.next()).done === true) return;
}
var init_tar = __esmMin((() => {}));
// src/read/path.ts
function showPath(bytes) {
	try {
		return fatal.decode(bytes);
	} catch {
		return showBytes(bytes);
	}
}
function showBytes(bytes) {
	let shown = "";
	for (let at = 0; at < bytes.length;) {
		const size = characterAt(bytes, at);
		if (size === 0) shown += `\\x${(bytes[at] ?? 0).toString(16).padStart(2, "0")}`;
		else shown += fatal.decode(bytes.subarray(at, at + size));
		at += Math.max(1, size);
	}
	return shown;
}
function characterAt(bytes, at) {
	const lead = bytes[at] ?? 0;
	const size = lead < 128 ? 1 : lead >= 240 ? 4 : lead >= 224 ? 3 : lead >= 194 ? 2 : 0;
	if (size === 0 || at + size > bytes.length) return 0;
	try {
		fatal.decode(bytes.subarray(at, at + size));
		return size;
	} catch {
		return 0;
	}
}
var fatal;
var init_path = __esmMin((() => {
	fatal = new TextDecoder("utf-8", {
		fatal: true,
		ignoreBOM: true
	});
}));
// node_modules/pend/index.js
var require_pend = __commonJSMin(((exports, module) => {
	module.exports = Pend;
	function Pend() {
		this.pending = 0;
		this.max = 1e400;
		this.listeners = [];
		this.waiting = [];
		this.error = null;
	}
	Pend.prototype.go = function(fn) {
		if (this.pending < this.max) pendGo(this, fn);
		else this.waiting.push(fn);
	};
	Pend.prototype.wait = function(cb) {
		if (this.pending === 0) cb(this.error);
		else this.listeners.push(cb);
	};
	Pend.prototype.hold = function() {
		return pendHold(this);
	};
	function pendHold(self) {
		self.pending += 1;
		var called = false;
		return onCb;
		function onCb(err) {
			if (called) throw new Error("callback called twice");
			called = true;
			self.error = self.error || err;
			self.pending -= 1;
			if (self.waiting.length > 0 && self.pending < self.max) pendGo(self, self.waiting.shift());
			else if (self.pending === 0) {
				var listeners = self.listeners;
				self.listeners = [];
				listeners.forEach(cbListener);
			}
		}
		function cbListener(listener) {
			listener(self.error);
		}
	}
	function pendGo(self, fn) {
		fn(pendHold(self));
	}
}));
// node_modules/yauzl/fd-slicer.js
var require_fd_slicer = __commonJSMin(((exports) => {
	var fs = __require("fs");
	var util = __require("util");
	var stream = __require("stream");
	var Readable = stream.Readable;
	var PassThrough = stream.PassThrough;
	var Pend = require_pend();
	var EventEmitter = __require("events").EventEmitter;
	exports.BufferSlicer = BufferSlicer;
	exports.FdSlicer = FdSlicer;
	util.inherits(FdSlicer, EventEmitter);
	function FdSlicer(fd) {
		EventEmitter.call(this);
		this.fd = fd;
		this.pend = new Pend();
		this.pend.max = 1;
		this.refCount = 0;
	}
	FdSlicer.prototype.read = function(buffer, offset, length, position, callback) {
		var self = this;
		self.pend.go(function(cb) {
			fs.read(self.fd, buffer, offset, length, position, function(err, bytesRead, buffer) {
				cb();
				callback(err, bytesRead, buffer);
			});
		});
	};
	FdSlicer.prototype.createReadStream = function(options) {
		return new ReadStream(this, options);
	};
	FdSlicer.prototype.ref = function() {
		this.refCount += 1;
	};
	FdSlicer.prototype.unref = function() {
		var self = this;
		self.refCount -= 1;
		if (self.refCount < 0) throw new Error("invalid unref");
		if (self.refCount > 0) return;
		fs.close(self.fd, onCloseDone);
		function onCloseDone(err) {
			if (err) self.emit("error", err);
			else self.emit("close");
		}
	};
	util.inherits(ReadStream, Readable);
	function ReadStream(context, options) {
		options = options || {};
		Readable.call(this, options);
		this.context = context;
		this.context.ref();
		this.start = options.start || 0;
		this.endOffset = options.end;
		this.pos = this.start;
	}
	ReadStream.prototype._read = function(n) {
		var self = this;
		var toRead = Math.min(self._readableState.highWaterMark, n);
		if (self.endOffset != null) toRead = Math.min(toRead, self.endOffset - self.pos);
		if (toRead <= 0) {
			self.push(null);
			this._cleanup();
			return;
		}
		self.context.pend.go(function(cb) {
			var buffer = Buffer.allocUnsafe(toRead);
			fs.read(self.context.fd, buffer, 0, toRead, self.pos, function(err, bytesRead) {
				if (err) self.destroy(err);
				else if (bytesRead === 0) {
					self.push(null);
					self._cleanup();
				} else {
					self.pos += bytesRead;
					self.push(buffer.slice(0, bytesRead));
				}
				cb();
			});
		});
	};
	ReadStream.prototype._destroy = function(err, cb) {
		this._cleanup();
		cb(err);
	};
	ReadStream.prototype._cleanup = function() {
		if (this.context != null) {
			this.context.unref();
			this.context = null;
		}
	};
	util.inherits(BufferSlicer, EventEmitter);
	function BufferSlicer(buffer) {
		EventEmitter.call(this);
		this.refCount = 0;
		this.buffer = buffer;
	}
	BufferSlicer.prototype.read = function(buffer, offset, length, position, callback) {
		if (!(0 <= offset && offset <= buffer.length)) throw new RangeError("offset outside buffer: 0 <= " + offset + " <= " + buffer.length);
		if (position < 0) throw new RangeError("position is negative: " + position);
		if (offset + length > buffer.length) length = buffer.length - offset;
		if (position + length > this.buffer.length) length = this.buffer.length - position;
		if (length <= 0) {
			setImmediate(function() {
				callback(null, 0);
			});
			return;
		}
		this.buffer.copy(buffer, offset, position, position + length);
		setImmediate(function() {
			callback(null, length);
		});
	};
	BufferSlicer.prototype.createReadStream = function(options) {
		options = options || {};
		var readStream = new PassThrough(options);
		readStream.start = options.start || 0;
		readStream.endOffset = options.end;
		readStream.pos = readStream.endOffset || this.buffer.length;
		var entireSlice = this.buffer.slice(readStream.start, readStream.pos);
		var maxChunkSize = 65536;
		var offset = 0;
		while (true) {
			var nextOffset = offset + maxChunkSize;
			if (nextOffset >= entireSlice.length) {
				if (offset < entireSlice.length) readStream.write(entireSlice.slice(offset, entireSlice.length));
				break;
			}
			readStream.write(entireSlice.slice(offset, nextOffset));
			offset = nextOffset;
		}
		readStream.end();
		return readStream;
	};
	BufferSlicer.prototype.ref = function() {
		this.refCount += 1;
	};
	BufferSlicer.prototype.unref = function() {
		this.refCount -= 1;
		if (this.refCount < 0) throw new Error("invalid unref");
	};
}));
// node_modules/yauzl/crc32.js
var require_crc32 = __commonJSMin(((exports, module) => {
	const CRC_TABLE = new Int32Array([
		0,
		1996959894,
		3993919788,
		2567524794,
		124634137,
		1886057615,
		3915621685,
		2657392035,
		249268274,
		2044508324,
		3772115230,
		2547177864,
		162941995,
		2125561021,
		3887607047,
		2428444049,
		498536548,
		1789927666,
		4089016648,
		2227061214,
		450548861,
		1843258603,
		4107580753,
		2211677639,
		325883990,
		1684777152,
		4251122042,
		2321926636,
		335633487,
		1661365465,
		4195302755,
		2366115317,
		997073096,
		1281953886,
		3579855332,
		2724688242,
		1006888145,
		1258607687,
		3524101629,
		2768942443,
		901097722,
		1119000684,
		3686517206,
		2898065728,
		853044451,
		1172266101,
		3705015759,
		2882616665,
		651767980,
		1373503546,
		3369554304,
		3218104598,
		565507253,
		1454621731,
		3485111705,
		3099436303,
		671266974,
		1594198024,
		3322730930,
		2970347812,
		795835527,
		1483230225,
		3244367275,
		3060149565,
		1994146192,
		31158534,
		2563907772,
		4023717930,
		1907459465,
		112637215,
		2680153253,
		3904427059,
		2013776290,
		251722036,
		2517215374,
		3775830040,
		2137656763,
		141376813,
		2439277719,
		3865271297,
		1802195444,
		476864866,
		2238001368,
		4066508878,
		1812370925,
		453092731,
		2181625025,
		4111451223,
		1706088902,
		314042704,
		2344532202,
		4240017532,
		1658658271,
		366619977,
		2362670323,
		4224994405,
		1303535960,
		984961486,
		2747007092,
		3569037538,
		1256170817,
		1037604311,
		2765210733,
		3554079995,
		1131014506,
		879679996,
		2909243462,
		3663771856,
		1141124467,
		855842277,
		2852801631,
		3708648649,
		1342533948,
		654459306,
		3188396048,
		3373015174,
		1466479909,
		544179635,
		3110523913,
		3462522015,
		1591671054,
		702138776,
		2966460450,
		3352799412,
		1504918807,
		783551873,
		3082640443,
		3233442989,
		3988292384,
		2596254646,
		62317068,
		1957810842,
		3939845945,
		2647816111,
		81470997,
		1943803523,
		3814918930,
		2489596804,
		225274430,
		2053790376,
		3826175755,
		2466906013,
		167816743,
		2097651377,
		4027552580,
		2265490386,
		503444072,
		1762050814,
		4150417245,
		2154129355,
		426522225,
		1852507879,
		4275313526,
		2312317920,
		282753626,
		1742555852,
		4189708143,
		2394877945,
		397917763,
		1622183637,
		3604390888,
		2714866558,
		953729732,
		1340076626,
		3518719985,
		2797360999,
		1068828381,
		1219638859,
		3624741850,
		2936675148,
		906185462,
		1090812512,
		3747672003,
		2825379669,
		829329135,
		1181335161,
		3412177804,
		3160834842,
		628085408,
		1382605366,
		3423369109,
		3138078467,
		570562233,
		1426400815,
		3317316542,
		2998733608,
		733239954,
		1555261956,
		3268935591,
		3050360625,
		752459403,
		1541320221,
		2607071920,
		3965973030,
		1969922972,
		40735498,
		2617837225,
		3943577151,
		1913087877,
		83908371,
		2512341634,
		3803740692,
		2075208622,
		213261112,
		2463272603,
		3855990285,
		2094854071,
		198958881,
		2262029012,
		4057260610,
		1759359992,
		534414190,
		2176718541,
		4139329115,
		1873836001,
		414664567,
		2282248934,
		4279200368,
		1711684554,
		285281116,
		2405801727,
		4167216745,
		1634467795,
		376229701,
		2685067896,
		3608007406,
		1308918612,
		956543938,
		2808555105,
		3495958263,
		1231636301,
		1047427035,
		2932959818,
		3654703836,
		1088359270,
		936918e3,
		2847714899,
		3736837829,
		1202900863,
		817233897,
		3183342108,
		3401237130,
		1404277552,
		615818150,
		3134207493,
		3453421203,
		1423857449,
		601450431,
		3009837614,
		3294710456,
		1567103746,
		711928724,
		3020668471,
		3272380065,
		1510334235,
		755167117
	]);
	function crc32(buf) {
		let crc = -1;
		for (let x of buf) crc = CRC_TABLE[(crc ^ x) & 255] ^ crc >>> 8;
		return (crc ^ -1) >>> 0;
	}
	module.exports = crc32;
}));
// node_modules/yauzl/index.js
var require_yauzl = __commonJSMin(((exports) => {
	var fs = __require("fs");
	var zlib = __require("zlib");
	var fd_slicer = require_fd_slicer();
	var util = __require("util");
	var EventEmitter = __require("events").EventEmitter;
	var Transform = __require("stream").Transform;
	var PassThrough = __require("stream").PassThrough;
	var Writable = __require("stream").Writable;
	const crc32 = typeof zlib.crc32 === "function" ? zlib.crc32 : require_crc32();
	exports.open = open;
	exports.fromFd = fromFd;
	exports.fromBuffer = fromBuffer;
	exports.fromRandomAccessReader = fromRandomAccessReader;
	exports.openPromise = openPromise;
	exports.fromFdPromise = fromFdPromise;
	exports.fromBufferPromise = fromBufferPromise;
	exports.fromRandomAccessReaderPromise = fromRandomAccessReaderPromise;
	exports.dosDateTimeToDate = dosDateTimeToDate;
	exports.getFileNameLowLevel = getFileNameLowLevel;
	exports.validateFileName = validateFileName;
	exports.parseExtraFields = parseExtraFields;
	exports.ZipFile = ZipFile;
	exports.Entry = Entry;
	exports.LocalFileHeader = LocalFileHeader;
	exports.RandomAccessReader = RandomAccessReader;
	function openPromise(path, options) {
		return new Promise((resolve, reject) => {
			open(path, {
				...options,
				lazyEntries: true
			}, function(err, zipfile) {
				if (err) return reject(err);
				resolve(zipfile);
			});
		});
	}
	function fromFdPromise(fd, options) {
		return new Promise((resolve, reject) => {
			fromFd(fd, {
				...options,
				lazyEntries: true
			}, function(err, zipfile) {
				if (err) return reject(err);
				resolve(zipfile);
			});
		});
	}
	function fromBufferPromise(buffer, options) {
		return new Promise((resolve, reject) => {
			fromBuffer(buffer, {
				...options,
				lazyEntries: true
			}, function(err, zipfile) {
				if (err) return reject(err);
				resolve(zipfile);
			});
		});
	}
	function fromRandomAccessReaderPromise(reader, totalSize, options) {
		return new Promise((resolve, reject) => {
			fromRandomAccessReader(reader, totalSize, {
				...options,
				lazyEntries: true
			}, function(err, zipfile) {
				if (err) return reject(err);
				resolve(zipfile);
			});
		});
	}
	function open(path, options, callback) {
		if (typeof options === "function") {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		if (options.autoClose == null) options.autoClose = true;
		if (options.lazyEntries == null) options.lazyEntries = false;
		if (options.decodeStrings == null) options.decodeStrings = true;
		if (options.validateEntrySizes == null) options.validateEntrySizes = true;
		if (options.strictFileNames == null) options.strictFileNames = false;
		if (callback == null) callback = defaultCallback;
		fs.open(path, "r", function(err, fd) {
			if (err) return callback(err);
			fromFd(fd, options, function(err, zipfile) {
				if (err) fs.close(fd, defaultCallback);
				callback(err, zipfile);
			});
		});
	}
	function fromFd(fd, options, callback) {
		if (typeof options === "function") {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		if (options.autoClose == null) options.autoClose = false;
		if (options.lazyEntries == null) options.lazyEntries = false;
		if (options.decodeStrings == null) options.decodeStrings = true;
		if (options.validateEntrySizes == null) options.validateEntrySizes = true;
		if (options.strictFileNames == null) options.strictFileNames = false;
		if (callback == null) callback = defaultCallback;
		fs.fstat(fd, function(err, stats) {
			if (err) return callback(err);
			fromRandomAccessReader(new fd_slicer.FdSlicer(fd), stats.size, options, callback);
		});
	}
	function fromBuffer(buffer, options, callback) {
		if (typeof options === "function") {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		options.autoClose = false;
		if (options.lazyEntries == null) options.lazyEntries = false;
		if (options.decodeStrings == null) options.decodeStrings = true;
		if (options.validateEntrySizes == null) options.validateEntrySizes = true;
		if (options.strictFileNames == null) options.strictFileNames = false;
		fromRandomAccessReader(new fd_slicer.BufferSlicer(buffer), buffer.length, options, callback);
	}
	function fromRandomAccessReader(reader, totalSize, options, callback) {
		if (typeof options === "function") {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		if (options.autoClose == null) options.autoClose = true;
		if (options.lazyEntries == null) options.lazyEntries = false;
		if (options.decodeStrings == null) options.decodeStrings = true;
		var decodeStrings = !!options.decodeStrings;
		if (options.validateEntrySizes == null) options.validateEntrySizes = true;
		if (options.strictFileNames == null) options.strictFileNames = false;
		if (callback == null) callback = defaultCallback;
		if (typeof totalSize !== "number") throw new Error("expected totalSize parameter to be a number");
		if (totalSize > Number.MAX_SAFE_INTEGER) throw new Error("zip file too large. only file sizes up to 2^52 are supported due to JavaScript's Number type being an IEEE 754 double.");
		reader.ref();
		var eocdrWithoutCommentSize = 22;
		var zip64EocdlSize = 20;
		var bufferSize = Math.min(zip64EocdlSize + eocdrWithoutCommentSize + 65535, totalSize);
		var buffer = newBuffer(bufferSize);
		readAndAssertNoEof(reader, buffer, 0, bufferSize, totalSize - buffer.length, function(err) {
			if (err) return callback(err);
			for (var i = bufferSize - eocdrWithoutCommentSize; i >= 0; i -= 1) {
				if (buffer.readUInt32LE(i) !== 101010256) continue;
				var eocdrBuffer = buffer.subarray(i);
				var diskNumber = eocdrBuffer.readUInt16LE(4);
				var entryCount = eocdrBuffer.readUInt16LE(10);
				var centralDirectoryOffset = eocdrBuffer.readUInt32LE(16);
				var commentLength = eocdrBuffer.readUInt16LE(20);
				var expectedCommentLength = eocdrBuffer.length - eocdrWithoutCommentSize;
				if (commentLength !== expectedCommentLength) return callback(new Error("Invalid comment length. Expected: " + expectedCommentLength + ". Found: " + commentLength + ". Are there extra bytes at the end of the file? Or is the end of central dir signature `PK☺☻` in the comment?"));
				var comment = decodeStrings ? decodeBuffer(eocdrBuffer.subarray(22), false) : eocdrBuffer.subarray(22);
				if (i - zip64EocdlSize >= 0 && buffer.readUInt32LE(i - zip64EocdlSize) === 117853008) {
					var zip64EocdrOffset = readUInt64LE(buffer.subarray(i - zip64EocdlSize, i - zip64EocdlSize + zip64EocdlSize), 8);
					var zip64EocdrBuffer = newBuffer(56);
					return readAndAssertNoEof(reader, zip64EocdrBuffer, 0, zip64EocdrBuffer.length, zip64EocdrOffset, function(err) {
						if (err) return callback(err);
						if (zip64EocdrBuffer.readUInt32LE(0) !== 101075792) return callback(new Error("invalid zip64 end of central directory record signature"));
						diskNumber = zip64EocdrBuffer.readUInt32LE(16);
						if (diskNumber !== 0) return callback(new Error("multi-disk zip files are not supported: found disk number: " + diskNumber));
						entryCount = readUInt64LE(zip64EocdrBuffer, 32);
						centralDirectoryOffset = readUInt64LE(zip64EocdrBuffer, 48);
						return callback(null, new ZipFile(reader, centralDirectoryOffset, totalSize, entryCount, comment, options.autoClose, options.lazyEntries, decodeStrings, options.validateEntrySizes, options.strictFileNames));
					});
				}
				if (diskNumber !== 0) return callback(new Error("multi-disk zip files are not supported: found disk number: " + diskNumber));
				return callback(null, new ZipFile(reader, centralDirectoryOffset, totalSize, entryCount, comment, options.autoClose, options.lazyEntries, decodeStrings, options.validateEntrySizes, options.strictFileNames));
			}
			callback(new Error("End of central directory record signature not found. Either not a zip file, or file is truncated."));
		});
	}
	util.inherits(ZipFile, EventEmitter);
	function ZipFile(reader, centralDirectoryOffset, fileSize, entryCount, comment, autoClose, lazyEntries, decodeStrings, validateEntrySizes, strictFileNames) {
		var self = this;
		EventEmitter.call(self);
		self.reader = reader;
		self.reader.on("error", function(err) {
			emitError(self, err);
		});
		self.reader.once("close", function() {
			self.emit("close");
		});
		self.readEntryCursor = centralDirectoryOffset;
		self.fileSize = fileSize;
		self.entryCount = entryCount;
		self.comment = comment;
		self.entriesRead = 0;
		self.autoClose = !!autoClose;
		self.lazyEntries = !!lazyEntries;
		self.decodeStrings = !!decodeStrings;
		self.validateEntrySizes = !!validateEntrySizes;
		self.strictFileNames = !!strictFileNames;
		self.isOpen = true;
		self.emittedError = false;
		self.hasEachEntryBeenCalled = false;
		if (!self.lazyEntries) self._readEntry();
	}
	ZipFile.prototype.close = function() {
		if (!this.isOpen) return;
		this.isOpen = false;
		this.reader.unref();
	};
	function emitErrorAndAutoClose(self, err) {
		if (self.autoClose) self.close();
		emitError(self, err);
	}
	function emitError(self, err) {
		if (self.emittedError) return;
		self.emittedError = true;
		self.emit("error", err);
	}
	ZipFile.prototype.readEntry = function() {
		if (!this.lazyEntries) throw new Error("readEntry() called without lazyEntries:true");
		this._readEntry();
	};
	ZipFile.prototype._readEntry = function() {
		var self = this;
		if (self.entryCount === self.entriesRead) {
			setImmediate(function() {
				if (self.autoClose) self.close();
				if (self.emittedError) return;
				self.emit("end");
			});
			return;
		}
		if (self.emittedError) return;
		var buffer = newBuffer(46);
		readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err) {
			if (err) return emitErrorAndAutoClose(self, err);
			if (self.emittedError) return;
			var entry = new Entry();
			var signature = buffer.readUInt32LE(0);
			if (signature !== 33639248) return emitErrorAndAutoClose(self, new Error("invalid central directory file header signature: 0x" + signature.toString(16)));
			entry.versionMadeBy = buffer.readUInt16LE(4);
			entry.versionNeededToExtract = buffer.readUInt16LE(6);
			entry.generalPurposeBitFlag = buffer.readUInt16LE(8);
			entry.compressionMethod = buffer.readUInt16LE(10);
			entry.lastModFileTime = buffer.readUInt16LE(12);
			entry.lastModFileDate = buffer.readUInt16LE(14);
			entry.crc32 = buffer.readUInt32LE(16);
			entry.compressedSize = buffer.readUInt32LE(20);
			entry.uncompressedSize = buffer.readUInt32LE(24);
			entry.fileNameLength = buffer.readUInt16LE(28);
			entry.extraFieldLength = buffer.readUInt16LE(30);
			entry.fileCommentLength = buffer.readUInt16LE(32);
			entry.internalFileAttributes = buffer.readUInt16LE(36);
			entry.externalFileAttributes = buffer.readUInt32LE(38);
			entry.relativeOffsetOfLocalHeader = buffer.readUInt32LE(42);
			if (entry.generalPurposeBitFlag & 64) return emitErrorAndAutoClose(self, new Error("strong encryption is not supported"));
			self.readEntryCursor += 46;
			buffer = newBuffer(entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength);
			readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err) {
				if (err) return emitErrorAndAutoClose(self, err);
				if (self.emittedError) return;
				entry.fileNameRaw = buffer.subarray(0, entry.fileNameLength);
				var fileCommentStart = entry.fileNameLength + entry.extraFieldLength;
				entry.extraFieldRaw = buffer.subarray(entry.fileNameLength, fileCommentStart);
				entry.fileCommentRaw = buffer.subarray(fileCommentStart, fileCommentStart + entry.fileCommentLength);
				try {
					entry.extraFields = parseExtraFields(entry.extraFieldRaw);
				} catch (err) {
					return emitErrorAndAutoClose(self, err);
				}
				if (self.decodeStrings) {
					var isUtf8 = (entry.generalPurposeBitFlag & 2048) !== 0;
					entry.fileComment = decodeBuffer(entry.fileCommentRaw, isUtf8);
					entry.fileName = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, self.strictFileNames);
					var errorMessage = validateFileName(entry.fileName);
					if (errorMessage != null) return emitErrorAndAutoClose(self, new Error(errorMessage));
				} else {
					entry.fileComment = entry.fileCommentRaw;
					entry.fileName = entry.fileNameRaw;
				}
				entry.comment = entry.fileComment;
				self.readEntryCursor += buffer.length;
				self.entriesRead += 1;
				for (var i = 0; i < entry.extraFields.length; i++) {
					var extraField = entry.extraFields[i];
					if (extraField.id !== 1) continue;
					var zip64EiefBuffer = extraField.data;
					var index = 0;
					if (entry.uncompressedSize === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include uncompressed size"));
						entry.uncompressedSize = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					if (entry.compressedSize === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include compressed size"));
						entry.compressedSize = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					if (entry.relativeOffsetOfLocalHeader === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, new Error("zip64 extended information extra field does not include relative header offset"));
						entry.relativeOffsetOfLocalHeader = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					break;
				}
				if (self.validateEntrySizes && entry.compressionMethod === 0) {
					var expectedCompressedSize = entry.uncompressedSize;
					if (entry.isEncrypted()) expectedCompressedSize += 12;
					if (entry.compressedSize !== expectedCompressedSize) {
						var msg = "compressed/uncompressed size mismatch for stored file: " + entry.compressedSize + " != " + entry.uncompressedSize;
						return emitErrorAndAutoClose(self, new Error(msg));
					}
				}
				self.emit("entry", entry);
				if (!self.lazyEntries) self._readEntry();
			});
		});
	};
	ZipFile.prototype.eachEntry = function() {
		const self = this;
		if (!self.lazyEntries) throw new Error("eachEntry() requires lazyEntries: true");
		if (self.hasEachEntryBeenCalled) throw new Error("eachEntry() must only be called once per ZipFile");
		self.hasEachEntryBeenCalled = true;
		let pendingResolveReject = null;
		self.on("entry", onEntry);
		self.on("end", onEnd);
		self.on("error", onError);
		function cleanup() {
			self.removeListener("entry", onEntry);
			self.removeListener("end", onEnd);
			self.removeListener("error", onError);
			if (self.autoClose) self.close();
		}
		function onEntry(entry) {
			let { resolve } = pendingResolveReject;
			pendingResolveReject = null;
			resolve({ value: entry });
		}
		function onEnd() {
			let { resolve } = pendingResolveReject;
			pendingResolveReject = null;
			cleanup();
			resolve({ done: true });
		}
		function onError(err) {
			let { reject } = pendingResolveReject;
			pendingResolveReject = null;
			cleanup();
			reject(err);
		}
		return {
			[Symbol.asyncIterator]() {
				return this;
			},
			next() {
				const promise = new Promise((resolve, reject) => {
					if (pendingResolveReject != null) throw new Error("next() called before previous Promise was resolved.");
					pendingResolveReject = {
						resolve,
						reject
					};
				});
				self.readEntry();
				return promise;
			},
			return(value) {
				cleanup();
				return Promise.resolve({
					done: true,
					value
				});
			},
			throw(value) {
				cleanup();
				return Promise.reject(value);
			}
		};
	};
	ZipFile.prototype.openReadStream = function(entry, options, callback) {
		var self = this;
		var relativeStart = 0;
		var relativeEnd = entry.compressedSize;
		if (callback == null) {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		else {
			if (options.decodeFileData === false) {
				if (options.decrypt != null) throw new Error("cannot use options.decrypt when options.decodeFileData === false");
				if (options.decompress != null) throw new Error("cannot use options.decompress when options.decodeFileData === false");
			} else {
				if (options.decrypt != null) {
					if (!entry.isEncrypted()) throw new Error("options.decrypt can only be specified for encrypted entries. See also option decodeFileData.");
					if (options.decrypt !== false) throw new Error("invalid options.decrypt value: " + options.decrypt);
					if (entry.isCompressed()) {
						if (options.decompress !== false) throw new Error("entry is encrypted and compressed, and options.decompress !== false. See also option decodeFileData.");
					}
				}
				if (options.decompress != null) {
					if (!entry.isCompressed()) throw new Error("options.decompress can only be specified for compressed entries. See also option decodeFileData.");
					if (!(options.decompress === false || options.decompress === true)) throw new Error("invalid options.decompress value: " + options.decompress);
					decompress = options.decompress;
				}
			}
			if (options.start != null) {
				relativeStart = options.start;
				if (relativeStart < 0) throw new Error("options.start < 0");
				if (relativeStart > entry.compressedSize) throw new Error("options.start > entry.compressedSize");
			}
			if (options.end != null) {
				relativeEnd = options.end;
				if (relativeEnd < 0) throw new Error("options.end < 0");
				if (relativeEnd > entry.compressedSize) throw new Error("options.end > entry.compressedSize");
				if (relativeEnd < relativeStart) throw new Error("options.end < options.start");
			}
		}
		var rawMode = options.decodeFileData === false || (entry.compressionMethod === 0 || entry.compressionMethod === 8 && options.decompress === false) && (!entry.isEncrypted() || options.decrypt === false);
		if (options.start != null || options.end != null) {
			if (!rawMode) throw new Error("start/end range require options.decodeFileData === false for non-trivial encoded entries.");
		}
		if (!self.isOpen) return callback(new Error("closed"));
		if (entry.isEncrypted() && !rawMode) {
			if (options.decrypt !== false) return callback(new Error("entry is encrypted, and options.decodeFileData !== false"));
		}
		var decompress;
		if (rawMode) decompress = false;
		else if (entry.compressionMethod === 8) decompress = options.decodeFileData !== true;
		else return callback(new Error("unsupported compression method: " + entry.compressionMethod));
		self.readLocalFileHeader(entry, { minimal: true }, function(err, localFileHeader) {
			if (err) return callback(err);
			self.openReadStreamLowLevel(localFileHeader.fileDataStart, entry.compressedSize, relativeStart, relativeEnd, decompress, entry.uncompressedSize, callback);
		});
	};
	ZipFile.prototype.openReadStreamLowLevel = function(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize, callback) {
		var self = this;
		fileDataStart + compressedSize;
		var readStream = self.reader.createReadStream({
			start: fileDataStart + relativeStart,
			end: fileDataStart + relativeEnd
		});
		var endpointStream = readStream;
		if (decompress) {
			var destroyed = false;
			var inflateFilter = zlib.createInflateRaw();
			readStream.on("error", function(err) {
				setImmediate(function() {
					if (!destroyed) inflateFilter.emit("error", err);
				});
			});
			readStream.pipe(inflateFilter);
			if (self.validateEntrySizes) {
				endpointStream = new AssertByteCountStream(uncompressedSize);
				inflateFilter.on("error", function(err) {
					setImmediate(function() {
						if (!destroyed) endpointStream.emit("error", err);
					});
				});
				inflateFilter.pipe(endpointStream);
			} else endpointStream = inflateFilter;
			installDestroyFn(endpointStream, function() {
				destroyed = true;
				if (inflateFilter !== endpointStream) inflateFilter.unpipe(endpointStream);
				readStream.unpipe(inflateFilter);
				readStream.destroy();
			});
		}
		callback(null, endpointStream);
	};
	ZipFile.prototype.readLocalFileHeader = function(entry, options, callback) {
		var self = this;
		if (callback == null) {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		self.reader.ref();
		var buffer = newBuffer(30);
		readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader, function(err) {
			try {
				if (err) return callback(err);
				var signature = buffer.readUInt32LE(0);
				if (signature !== 67324752) return callback(new Error("invalid local file header signature: 0x" + signature.toString(16)));
				var fileNameLength = buffer.readUInt16LE(26);
				var extraFieldLength = buffer.readUInt16LE(28);
				var fileDataStart = entry.relativeOffsetOfLocalHeader + 30 + fileNameLength + extraFieldLength;
				if (fileDataStart + entry.compressedSize > self.fileSize) return callback(new Error("file data overflows file bounds: " + fileDataStart + " + " + entry.compressedSize + " > " + self.fileSize));
				if (options.minimal) return callback(null, { fileDataStart });
				var localFileHeader = new LocalFileHeader();
				localFileHeader.fileDataStart = fileDataStart;
				localFileHeader.versionNeededToExtract = buffer.readUInt16LE(4);
				localFileHeader.generalPurposeBitFlag = buffer.readUInt16LE(6);
				localFileHeader.compressionMethod = buffer.readUInt16LE(8);
				localFileHeader.lastModFileTime = buffer.readUInt16LE(10);
				localFileHeader.lastModFileDate = buffer.readUInt16LE(12);
				localFileHeader.crc32 = buffer.readUInt32LE(14);
				localFileHeader.compressedSize = buffer.readUInt32LE(18);
				localFileHeader.uncompressedSize = buffer.readUInt32LE(22);
				localFileHeader.fileNameLength = fileNameLength;
				localFileHeader.extraFieldLength = extraFieldLength;
				buffer = newBuffer(fileNameLength + extraFieldLength);
				self.reader.ref();
				readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader + 30, function(err) {
					try {
						if (err) return callback(err);
						localFileHeader.fileName = buffer.subarray(0, fileNameLength);
						localFileHeader.extraField = buffer.subarray(fileNameLength);
						return callback(null, localFileHeader);
					} finally {
						self.reader.unref();
					}
				});
			} finally {
				self.reader.unref();
			}
		});
	};
	ZipFile.prototype.openReadStreamPromise = function(entry, options) {
		return new Promise((resolve, reject) => {
			this.openReadStream(entry, options, function(err, readStream) {
				if (err) return reject(err);
				resolve(readStream);
			});
		});
	};
	ZipFile.prototype.openReadStreamLowLevelPromise = function(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize) {
		return new Promise((resolve, reject) => {
			this.openReadStream(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize, function(err, readStream) {
				if (err) return reject(err);
				resolve(readStream);
			});
		});
	};
	ZipFile.prototype.readLocalFileHeaderPromise = function(entry, options) {
		return new Promise((resolve, reject) => {
			this.readLocalFileHeader(entry, options, function(err, localFileHeader) {
				if (err) return reject(err);
				resolve(localFileHeader);
			});
		});
	};
	function Entry() {}
	Entry.prototype.getLastModDate = function(options) {
		if (options == null) options = {};
		if (!options.forceDosFormat) for (var i = 0; i < this.extraFields.length; i++) {
			var extraField = this.extraFields[i];
			if (extraField.id === 21589) {
				var data = extraField.data;
				if (data.length < 5) continue;
				if (!(data[0] & 1)) continue;
				var posixTimestamp = data.readInt32LE(1);
				return new Date(posixTimestamp * 1e3);
			} else if (extraField.id === 10) {
				var data = extraField.data;
				if (data.length !== 32) continue;
				if (data.readUInt16LE(4) !== 1) continue;
				if (data.readUInt16LE(6) !== 24) continue;
				var millisecondsSince1970 = (data.readUInt32LE(8) + 4294967296 * data.readInt32LE(12)) / 1e4 - 0xa9730b66800;
				return new Date(millisecondsSince1970);
			}
		}
		return dosDateTimeToDate(this.lastModFileDate, this.lastModFileTime, options.timezone);
	};
	Entry.prototype.canDecodeFileData = function() {
		return !this.isEncrypted() && (this.compressionMethod === 0 || this.compressionMethod === 8);
	};
	Entry.prototype.isEncrypted = function() {
		return (this.generalPurposeBitFlag & 1) !== 0;
	};
	Entry.prototype.isCompressed = function() {
		return this.compressionMethod === 8;
	};
	function LocalFileHeader() {}
	function dosDateTimeToDate(date, time, timezone) {
		var day = date & 31;
		var month = (date >> 5 & 15) - 1;
		var year = (date >> 9 & 127) + 1980;
		var millisecond = 0;
		var second = (time & 31) * 2;
		var minute = time >> 5 & 63;
		var hour = time >> 11 & 31;
		if (timezone == null || timezone === "local") return new Date(year, month, day, hour, minute, second, millisecond);
		else if (timezone === "UTC") return new Date(Date.UTC(year, month, day, hour, minute, second, millisecond));
		else throw new Error("unrecognized options.timezone: " + options.timezone);
	}
	function getFileNameLowLevel(generalPurposeBitFlag, fileNameBuffer, extraFields, strictFileNames) {
		var fileName = null;
		for (var i = 0; i < extraFields.length; i++) {
			var extraField = extraFields[i];
			if (extraField.id === 28789) {
				if (extraField.data.length < 6) continue;
				if (extraField.data.readUInt8(0) !== 1) continue;
				var oldNameCrc32 = extraField.data.readUInt32LE(1);
				if (crc32(fileNameBuffer) !== oldNameCrc32) continue;
				fileName = decodeBuffer(extraField.data.subarray(5), true);
				break;
			}
		}
		if (fileName == null) fileName = decodeBuffer(fileNameBuffer, (generalPurposeBitFlag & 2048) !== 0);
		if (!strictFileNames) fileName = fileName.replace(/\\/g, "/");
		return fileName;
	}
	function validateFileName(fileName) {
		if (fileName.indexOf("\\") !== -1) return "invalid characters in fileName: " + fileName;
		if (/^[a-zA-Z]:/.test(fileName) || /^\//.test(fileName)) return "absolute path: " + fileName;
		if (fileName.split("/").indexOf("..") !== -1) return "invalid relative path: " + fileName;
		return null;
	}
	function parseExtraFields(extraFieldBuffer) {
		var extraFields = [];
		var i = 0;
		while (i < extraFieldBuffer.length - 3) {
			var headerId = extraFieldBuffer.readUInt16LE(i + 0);
			var dataSize = extraFieldBuffer.readUInt16LE(i + 2);
			var dataStart = i + 4;
			var dataEnd = dataStart + dataSize;
			if (dataEnd > extraFieldBuffer.length) throw new Error("extra field length exceeds extra field buffer size");
			var dataBuffer = extraFieldBuffer.subarray(dataStart, dataEnd);
			extraFields.push({
				id: headerId,
				data: dataBuffer
			});
			i = dataEnd;
		}
		return extraFields;
	}
	function readAndAssertNoEof(reader, buffer, offset, length, position, callback) {
		if (length === 0) return setImmediate(function() {
			callback(null, newBuffer(0));
		});
		reader.read(buffer, offset, length, position, function(err, bytesRead) {
			if (err) return callback(err);
			if (bytesRead < length) return callback(new Error("unexpected EOF"));
			callback();
		});
	}
	util.inherits(AssertByteCountStream, Transform);
	function AssertByteCountStream(byteCount) {
		Transform.call(this);
		this.actualByteCount = 0;
		this.expectedByteCount = byteCount;
	}
	AssertByteCountStream.prototype._transform = function(chunk, encoding, cb) {
		this.actualByteCount += chunk.length;
		if (this.actualByteCount > this.expectedByteCount) {
			var msg = "too many bytes in the stream. expected " + this.expectedByteCount + ". got at least " + this.actualByteCount;
			return cb(new Error(msg));
		}
		cb(null, chunk);
	};
	AssertByteCountStream.prototype._flush = function(cb) {
		if (this.actualByteCount < this.expectedByteCount) {
			var msg = "not enough bytes in the stream. expected " + this.expectedByteCount + ". got only " + this.actualByteCount;
			return cb(new Error(msg));
		}
		cb();
	};
	util.inherits(RandomAccessReader, EventEmitter);
	function RandomAccessReader() {
		EventEmitter.call(this);
		this.refCount = 0;
	}
	RandomAccessReader.prototype.ref = function() {
		this.refCount += 1;
	};
	RandomAccessReader.prototype.unref = function() {
		var self = this;
		self.refCount -= 1;
		if (self.refCount > 0) return;
		if (self.refCount < 0) throw new Error("invalid unref");
		self.close(onCloseDone);
		function onCloseDone(err) {
			if (err) return self.emit("error", err);
			self.emit("close");
		}
	};
	RandomAccessReader.prototype.createReadStream = function(options) {
		if (options == null) options = {};
		var start = options.start;
		var end = options.end;
		if (start === end) {
			var emptyStream = new PassThrough();
			setImmediate(function() {
				emptyStream.end();
			});
			return emptyStream;
		}
		var stream = this._readStreamForRange(start, end);
		var destroyed = false;
		var refUnrefFilter = new RefUnrefFilter(this);
		stream.on("error", function(err) {
			setImmediate(function() {
				if (!destroyed) refUnrefFilter.emit("error", err);
			});
		});
		installDestroyFn(refUnrefFilter, function() {
			stream.unpipe(refUnrefFilter);
			refUnrefFilter.unref();
			stream.destroy();
		});
		var byteCounter = new AssertByteCountStream(end - start);
		refUnrefFilter.on("error", function(err) {
			setImmediate(function() {
				if (!destroyed) byteCounter.emit("error", err);
			});
		});
		installDestroyFn(byteCounter, function() {
			destroyed = true;
			refUnrefFilter.unpipe(byteCounter);
			refUnrefFilter.destroy();
		});
		return stream.pipe(refUnrefFilter).pipe(byteCounter);
	};
	RandomAccessReader.prototype._readStreamForRange = function(start, end) {
		throw new Error("not implemented");
	};
	RandomAccessReader.prototype.read = function(buffer, offset, length, position, callback) {
		var readStream = this.createReadStream({
			start: position,
			end: position + length
		});
		var writeStream = new Writable();
		var written = 0;
		writeStream._write = function(chunk, encoding, cb) {
			chunk.copy(buffer, offset + written, 0, chunk.length);
			written += chunk.length;
			cb();
		};
		writeStream.on("finish", callback);
		readStream.on("error", function(error) {
			callback(error);
		});
		readStream.pipe(writeStream);
	};
	RandomAccessReader.prototype.close = function(callback) {
		setImmediate(callback);
	};
	util.inherits(RefUnrefFilter, PassThrough);
	function RefUnrefFilter(context) {
		PassThrough.call(this);
		this.context = context;
		this.context.ref();
		this.unreffedYet = false;
	}
	RefUnrefFilter.prototype._flush = function(cb) {
		this.unref();
		cb();
	};
	RefUnrefFilter.prototype.unref = function(cb) {
		if (this.unreffedYet) return;
		this.unreffedYet = true;
		this.context.unref();
	};
	var cp437 = "\0☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼ !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~⌂ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\xA0";
	function decodeBuffer(buffer, isUtf8) {
		if (isUtf8) return buffer.toString("utf8");
		else {
			var result = "";
			for (var i = 0; i < buffer.length; i++) result += cp437[buffer[i]];
			return result;
		}
	}
	function readUInt64LE(buffer, offset) {
		var lower32 = buffer.readUInt32LE(offset);
		return buffer.readUInt32LE(offset + 4) * 4294967296 + lower32;
	}
	var newBuffer;
	if (typeof Buffer.allocUnsafe === "function") newBuffer = function(len) {
		return Buffer.allocUnsafe(len);
	};
	else newBuffer = function(len) {
		return new Buffer(len);
	};
	function installDestroyFn(stream, fn) {
		if (typeof stream.destroy === "function") stream._destroy = function(err, cb) {
			fn();
			if (cb != null) cb(err);
		};
		else stream.destroy = fn;
	}
	function defaultCallback(err) {
		if (err) throw err;
	}
}));
// src/read/archive/zip.ts
async function* zipMembers(source) {
	const zip = await openZip(source);
	try {
		for await (const entry of zip.eachEntry()) {
			const name = showPath(entry.fileNameRaw);
			if (name.endsWith("/") && entry.uncompressedSize === 0) continue;
			const closed = whyClosed(entry);
			yield {
				name,
				...closed === void 0 ? {} : { closed },
				open: () => zip.openReadStreamPromise(entry)
			};
		}
	} finally {
		zip.close();
	}
}
async function openZip(source) {
	const { default: yauzl } = await Promise.resolve().then(() => __toESM(require_yauzl(), 1));
	switch (source.kind) {
		case "bytes": return await yauzl.fromBufferPromise(source.bytes, OPTIONS);
		case "parts": return await yauzl.fromRandomAccessReaderPromise(parts(yauzl, source), source.size, OPTIONS);
	}
}
function parts(yauzl, source) {
	class Parts extends yauzl.RandomAccessReader {
		_readStreamForRange(start, end) {
			return Readable.from(source.read(start, end), { objectMode: false });
		}
	}
	return new Parts();
}
function whyClosed(entry) {
	if (entry.isEncrypted()) return "it is encrypted";
	const method = entry.compressionMethod;
	if (method !== STORED && method !== DEFLATED) return `it is packed with method ${method}, which is not read`;
}
var OPTIONS, STORED, DEFLATED;
var init_zip = __esmMin((() => {
	init_path();
	OPTIONS = {
		autoClose: false,
		lazyEntries: true,
		decodeStrings: false,
		validateEntrySizes: true
	};
	STORED = 0;
	DEFLATED = 8;
}));
// src/read/archive/walk.ts
async function walkZip(walk, path, source, depth) {
	await guarded(walk, path, () => walkMembers(walk, path, zipMembers(source), depth));
}
async function walkPieces(walk, path, pieces, depth) {
	await guarded(walk, path, async () => {
		const iterator = pieces[Symbol.asyncIterator]();
		try {
			const head = [];
			let length = 0;
			while (length < 512) {
				const { done, value } = await iterator.next();
				if (done === true) break;
				head.push(value);
				length += value.length;
			}
			const first = Buffer.concat(head);
			await walkForm(walk, path, first, behind(first, iterator), depth);
		} finally {
			await iterator.return?.();
		}
	});
}
async function walkForm(walk, path, head, all, depth) {
	const form = formOf(head);
	if (form === void 0) {
		await lookText(walk, path, all);
		return;
	}
	if (depth >= walk.spent.limits.depth) {
		walk.sink.skip({
			path,
			why: `archives in archives are opened ${walk.spent.limits.depth} deep`
		});
		return;
	}
	switch (form) {
		case "tar":
			await walkMembers(walk, path, tarMembers(all, () => isOver(walk)), depth);
			return;
		case "gzip":
			await walkPieces(walk, path, counted(walk, through(all, zlib.createGunzip())), depth + 1);
			return;
		case "zstd": {
			if (typeof zlib.createZstdDecompress !== "function") throw new Error("zstd needs Node 22.15 or newer");
			const held = await hold(walk, all);
			const bytes = (position, length) => held.subarray(position, position + length);
			await walkPieces(walk, path, counted(walk, unpack(bytes, "zstd")), depth + 1);
			return;
		}
		case "zip":
			await walkZip(walk, path, {
				kind: "bytes",
				bytes: await hold(walk, all)
			}, depth);
			return;
		case "foreign": walk.sink.skip({
			path,
			why: `what ${foreignOf(head) ?? "this"} has packed is not read`
		});
	}
}
async function walkMembers(walk, path, members, depth) {
	const names = new Map();
	for await (const member of members) {
		walk.signal?.throwIfAborted();
		walk.spent.member();
		const times = (names.get(member.name) ?? 0) + 1;
		names.set(member.name, times);
		const inside = `${path}!/${member.name}${times > 1 ? ` (${times})` : ""}`;
		if (member.closed !== void 0) {
			walk.sink.skip({
				path: inside,
				why: member.closed
			});
			continue;
		}
		await guarded(walk, inside, async () => walkPieces(walk, inside, counted(walk, await member.open()), depth + 1));
	}
}
async function lookText(walk, path, pieces) {
	const text = new Text(walk.sink, walk.origin(path), { log: isLogName(path) });
	walk.sink.advance({ files: 1 });
	try {
		for await (const piece of pieces) {
			walk.sink.advance({ bytes: piece.length });
			text.write(piece);
			if (text.binary) break;
		}
	} finally {
		text.end();
	}
}
async function guarded(walk, path, work) {
	try {
		await work();
	} catch (error) {
		walk.signal?.throwIfAborted();
		if (error instanceof TooMuch) throw error;
		walk.sink.skip({
			path,
			why: error instanceof Error ? error.message : String(error)
		});
	}
}
function isOver(walk) {
	return walk.spent.over || walk.signal?.aborted === true;
}
async function* counted(walk, pieces) {
	for await (const piece of pieces) {
		walk.signal?.throwIfAborted();
		walk.spent.unpacked(piece.length);
		yield piece;
	}
}
async function* behind(head, rest) {
	if (head.length > 0) yield head;
	for (;;) {
		const { done, value } = await rest.next();
		if (done === true) return;
		yield value;
	}
}
async function hold(walk, pieces) {
	const most = walk.spent.limits.held;
	const held = [];
	let length = 0;
	for await (const piece of pieces) {
		length += piece.length;
		if (length > most) throw new Error(`an archive in an archive, and larger than ${most} bytes: unpack it and scan that`);
		held.push(Uint8Array.from(piece));
	}
	return Buffer.concat(held);
}
var init_walk = __esmMin((() => {
	init_compressed();
	init_logs();
	init_text();
	init_bounds();
	init_form();
	init_tar();
	init_zip();
}));
// src/read/archive/index.ts
function formAt(handle) {
	return formOf(bytesOf(handle)(0, 512));
}
async function lookArchive(sink, origin, handle, form, { size, signal, limits = LIMITS }) {
	const walk = {
		sink,
		signal,
		spent: new Spent(size, limits),
		origin: (path) => path === origin.path ? origin : {
			...origin,
			path,
			archive: origin.path
		}
	};
	await untilTooMuch(walk, origin.path, async () => {
		switch (form) {
			case "zip": return await walkZip(walk, origin.path, partsOf(handle, size), 0);
			case "zstd":
			case "gzip": return await walkPieces(walk, origin.path, counted(walk, unpack(bytesOf(handle), form)), 1);
			case "tar":
			case "foreign": return await walkPieces(walk, origin.path, Readable.from(piecesOf(handle)), 0);
		}
	});
}
async function untilTooMuch(walk, path, work) {
	try {
		await work();
	} catch (error) {
		if (!(error instanceof TooMuch)) throw error;
		walk.sink.skip({
			path,
			why: `${error.message}; what is left of it has not been read`
		});
	}
}
function partsOf(handle, size) {
	return {
		kind: "parts",
		size,
		read: (from, to) => piecesOf(handle, from, to)
	};
}
function* piecesOf(handle, from = 0, to = Number.POSITIVE_INFINITY) {
	const read = bytesOf(handle);
	for (let position = from; position < to;) {
		const piece = read(position, Math.min(PIECE$1, to - position));
		if (piece.length === 0) return;
		position += piece.length;
		yield piece;
	}
}
var PIECE$1;
var init_archive = __esmMin((() => {
	init_compressed();
	init_bounds();
	init_form();
	init_walk();
	PIECE$1 = 262144;
}));
// src/read/newlines/wasm.ts
var WASM$1;
var init_wasm$1 = __esmMin((() => {
	WASM$1 = "AGFzbQEAAAABBwFgAn9/AX8CDwEDZW52Bm1lbW9yeQIAAAMCAQAHEgIFY291bnQAAAZtZW1vcnkCAArHAQHEAQIBewJ/A0AgAEEQaiABTQRA/QwAAAAAAAAAAAAAAAAAAAAAIQIgAEH/ASABIABrQQR2IgQgBEH/AU8bQQR0aiEEA0AgACAESQRAIAIgAP0ABAD9DAoKCgoKCgoKCgoKCgoKCgr9I/1xIQIgAEEQaiEADAELCyADIAL9ff1/IgL9GwAgAv0bAWogAv0bAmogAv0bA2pqIQMMAQsLA0AgACABSQRAIANBAWogAyAALQAAQQpGGyEDIABBAWohAAwBCwsgAws=";
}));
// src/read/newlines/index.ts
function countedBuffer(size) {
	return inWasm(size) ?? {
		buffer: Buffer.allocUnsafeSlow(size),
		count
	};
}
function count(bytes) {
	let found = 0;
	for (let at = bytes.indexOf(NEWLINE$2); at >= 0; at = bytes.indexOf(NEWLINE$2, at + 1)) found += 1;
	return found;
}
function inWasm(size) {
	const binary = Buffer.from(WASM$1, "base64");
	if (typeof WebAssembly === "undefined" || !WebAssembly.validate(binary)) return void 0;
	const memory = new WebAssembly.Memory({ initial: 1 + Math.ceil(size / PAGE$1) });
	const exported = new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { memory } }).exports;
	return {
		buffer: Buffer.from(memory.buffer, PAGE$1, size),
		count: (bytes) => bytes.buffer === memory.buffer ? exported.count(bytes.byteOffset, bytes.byteOffset + bytes.length) >>> 0 : count(bytes)
	};
}
var NEWLINE$2, PAGE$1;
var init_newlines = __esmMin((() => {
	init_wasm$1();
	NEWLINE$2 = 10;
	PAGE$1 = 65536;
}));
// src/read/turn.ts
async function turn(signal) {
	await new Promise((resolve) => {
		setImmediate(resolve);
	});
	signal?.throwIfAborted();
}
// src/read/range.ts
async function lookRange(sink, origin, handle, { from, to }, signal) {
	const counted = shared$1 ?? countedBuffer(STEP$1 + 32768 + 4);
	const { buffer } = counted;
	shared$1 = void 0;
	const log = "path" in origin && isLogName(origin.path) ? { stamped: isStamped(fill(handle, buffer.subarray(0, HEAD$1), 0)) } : void 0;
	try {
		const at = new Position();
		at.offset = -1;
		for (let next = from; next < to; next += STEP$1) {
			const until = Math.min(next + STEP$1, to);
			const read = Math.max(0, next - CONTEXT - 4);
			const bytes = fill(handle, buffer.subarray(0, until + CONTEXT - read), read);
			const end = Math.min(until, read + bytes.length);
			if (end <= next) break;
			const start = chunkStart(bytes, read, next);
			if (at.offset < 0) at.offset = start;
			const chunk = bytes.subarray(start - read);
			const { offset, line, column } = at;
			const range = {
				from: next - start,
				to: end - start
			};
			const chunkAt = {
				offset,
				line,
				column
			};
			if (log !== void 0 && hasEscape(chunk)) lookLogPart(sink, origin, chunk, chunkAt, range);
			else {
				const { far } = sink.look({
					origin,
					bytes: chunk,
					...chunkAt,
					ranges: [range]
				});
				if (log?.stamped === true) lookLogAround(sink, origin, chunk, chunkAt, range, far);
			}
			sink.advance({ bytes: end - next });
			at.advance(chunk.subarray(0, chunkStart(bytes, read, end) - start), counted.count);
			if (end < until) break;
			await turn(signal);
		}
		return {
			lines: at.line - 1,
			columns: at.column - 1
		};
	} finally {
		shared$1 = counted;
	}
}
function chunkStart(bytes, read, range) {
	return read + startOfCharacter(bytes, Math.max(0, range - CONTEXT) - read);
}
function fill(handle, buffer, position, enough = buffer.length) {
	let length = 0;
	while (length < enough) {
		const got = readSync(handle, buffer, length, buffer.length - length, position + length);
		if (got === 0) break;
		length += got;
	}
	return buffer.subarray(0, length);
}
var HEAD$1, STEP$1, NO_WAY, shared$1;
var init_range = __esmMin((() => {
	init_model();
	init_logs();
	init_newlines();
	init_position();
	init_window$1();
	HEAD$1 = 16384;
	STEP$1 = 2097152;
	NO_WAY = {
		lines: 0,
		columns: 0
	};
}));
// src/read/file.ts
async function lookFile(sink, origin, path, { signal, large = Number.POSITIVE_INFINITY, archives = false } = {}) {
	let handle;
	try {
		handle = openSync(path, FLAGS);
	} catch (error) {
		return unopened(sink, origin, error);
	}
	try {
		const stat = fstatSync(handle);
		if (stat.isDirectory()) return "folder";
		if (!stat.isFile()) return "other";
		const form = archives ? formAt(handle) : void 0;
		const compression = compressionOf(origin.path, handle);
		if (form === void 0) sink.advance({ files: 1 });
		if (form !== void 0) await lookArchive(sink, origin, handle, form, {
			size: stat.size,
			signal
		});
		else if (compression) await lookCompressed(sink, origin, handle, compression, signal);
		else if (await lookPlain(sink, origin, handle, {
			signal,
			large,
			size: stat.size
		})) return { large: stat.size };
		return "file";
	} catch (error) {
		signal?.throwIfAborted();
		sink.skip({
			path: origin.path,
			why: whyNot(error)
		});
		return "file";
	} finally {
		closeSync(handle);
	}
}
function whyNot(error) {
	const code = error instanceof Error && "code" in error ? String(error.code) : "";
	if (code === "EACCES" || code === "EPERM") return "permission denied";
	if (code === "EIO") return "the disk cannot read it (EIO)";
	return code || (error instanceof Error ? error.message : String(error));
}
async function lookPlain(sink, origin, handle, { signal, large, size }) {
	shared ??= Buffer.allocUnsafeSlow(WHOLE);
	const first = size < WHOLE ? fill(handle, shared, 0, size || WHOLE) : fill(handle, shared.subarray(0, HEAD$2), 0);
	if (size < WHOLE && first.length < WHOLE) {
		sink.advance({ bytes: first.length });
		if (isLogName(origin.path) && kindOf(first) === "text" && isMarked(first)) lookLog(sink, origin, first);
		else lookWhole(sink, origin, first);
		return false;
	}
	switch (kindOf(first)) {
		case "text":
			if (isLogName(origin.path) && isBroken(fill(handle, shared, 0))) {
				await lookPieces(sink, origin, handle, {
					signal,
					log: true
				});
				return false;
			}
			if (size >= large) return true;
			await lookRange(sink, origin, handle, {
				from: 0,
				to: Number.POSITIVE_INFINITY
			}, signal);
			return false;
		case "binary":
			sink.advance({
				bytes: first.length,
				binary: 1
			});
			return false;
		case "utf-16le":
		case "utf-16be":
			await lookPieces(sink, origin, handle, { signal });
			return false;
	}
}
async function lookPieces(sink, origin, handle, { signal, log = false }) {
	const text = new Text(sink, origin, { log });
	const own = Buffer.allocUnsafe(PIECE);
	for (let position = 0;;) {
		await turn(signal);
		const piece = fill(handle, own, position);
		if (piece.length === 0) break;
		position += piece.length;
		sink.advance({ bytes: piece.length });
		text.write(piece);
	}
	text.end();
}
function unopened(sink, origin, error) {
	switch (error instanceof Error && "code" in error ? error.code : "") {
		case "ENOENT":
		case "ENOTDIR": return "missing";
		case "ELOOP":
		case "EMLINK":
		case "ENXIO": return "other";
		case "EISDIR": return "folder";
		default:
			sink.skip({
				path: origin.path,
				why: whyNot(error)
			});
			return "other";
	}
}
var WHOLE, PIECE, FLAGS, shared;
var init_file = __esmMin((() => {
	init_archive();
	init_compressed();
	init_logs();
	init_range();
	init_text();
	WHOLE = 4194304;
	PIECE = 1048576;
	FLAGS = constants$1.O_RDONLY | (constants$1.O_NOFOLLOW ?? 0) | (constants$1.O_NONBLOCK ?? 0);
}));
// src/read/files.ts
async function runFileJob(job, sink) {
	switch (job.kind) {
		case "files": return {
			kind: "files",
			kinds: await runFiles(job, sink)
		};
		case "range": return {
			kind: "range",
			way: await runRange(job, sink)
		};
	}
}
async function runFiles(job, sink) {
	const kinds = [];
	const paths = Buffer.from(job.paths.buffer, job.paths.byteOffset, job.paths.length);
	const { repository, large, archives } = job;
	let from = 0;
	for (const name of job.names) {
		const end = paths.indexOf(0, from);
		const origin = repository === void 0 ? {
			kind: "file",
			path: name
		} : {
			kind: "file",
			path: name,
			repository
		};
		kinds.push(await lookFile(sink, origin, paths.subarray(from, end), {
			large,
			archives
		}));
		from = end + 1;
	}
	return kinds;
}
async function runRange({ origin, path, from, to }, sink) {
	let handle;
	try {
		handle = openSync(Buffer.from(path), FLAGS);
		return await lookRange(sink, origin, handle, {
			from,
			to
		});
	} catch (error) {
		sink.skip({
			path: origin.path,
			why: `from byte ${from} on: ${whyNot(error)}`
		});
		return NO_WAY;
	} finally {
		if (handle !== void 0) closeSync(handle);
	}
}
var init_files = __esmMin((() => {
	init_file();
	init_range();
})), REPOSITORY_SOURCES;
var init_names = __esmMin((() => {
	REPOSITORY_SOURCES = [
		"issues",
		"issue-comments",
		"review-comments",
		"reviews",
		"commit-comments",
		"releases",
		"wiki",
		"logs",
		"assets",
		"artifacts"
	];
	[...REPOSITORY_SOURCES];
}));
// src/read/github/target.ts
var init_target = __esmMin((() => {
	init_model();
}));
// src/read/head.ts
var init_head = __esmMin((() => {
	init_git();
	init_path();
	init_text();
}));
// src/read/pack/damage.ts
function wordsOf(error) {
	if (error instanceof Damage || error instanceof Foreign) return error.message;
	const code = error.code;
	if (typeof code === "string") return `it could not be read (${code})`;
	throw error;
}
var Damage, Foreign;
var init_damage = __esmMin((() => {
	Damage = class extends Error {
		name = "Damage";
	};
	Foreign = class extends Error {
		name = "Foreign";
	};
}));
// src/read/pack/delta.ts
function deltaSizes(delta) {
	const base = varint(delta, 0);
	const made = base && varint(delta, base.end);
	return made && {
		base: base.value,
		made: made.value,
		start: made.end
	};
}
function varint(bytes, at) {
	let value = 0;
	for (let power = 0; power <= 42; power += 7) {
		const byte = bytes[at++];
		if (byte === void 0) return void 0;
		value += (byte & 127) * 2 ** power;
		if (byte < 128) return {
			value,
			end: at
		};
	}
}
function readDelta(delta, sizes, reader) {
	let at = sizes.start;
	let target = 0;
	const next = () => delta[at++] ?? 0;
	while (at < delta.length) {
		const op = next();
		if (op >= 128) {
			let source = 0;
			let length = 0;
			if (op & 1) source = next();
			if (op & 2) source += next() * 256;
			if (op & 4) source += next() * 65536;
			if (op & 8) source += next() * 16777216;
			if (op & 16) length = next();
			if (op & 32) length += next() * 256;
			if (op & 64) length += next() * 65536;
			if (length === 0) length = 65536;
			if (at > delta.length) return -5;
			if (source + length > sizes.base) return OUT_OF_BASE;
			if (target + length > sizes.made) return WRONG_RESULT;
			reader.copy(source, target, length);
			target += length;
		} else {
			if (op === 0 || at + op > delta.length) return -5;
			if (target + op > sizes.made) return WRONG_RESULT;
			reader.insert(at, target, op);
			at += op;
			target += op;
		}
	}
	return target === sizes.made ? 0 : WRONG_RESULT;
}
function copiedBy(delta, from = 0, to = Number.POSITIVE_INFINITY) {
	const copied = [];
	let start = 0;
	let goal = 0;
	let joined = 0;
	const add = () => {
		if (joined > 0 && start < to && start + joined > from) copied.push({
			source: start,
			target: goal,
			length: joined
		});
	};
	const sizes = deltaSizes(delta);
	if (!sizes) return copied;
	readDelta(delta, sizes, {
		copy(source, target, length) {
			if (goal + joined === target && start + joined === source) joined += length;
			else {
				add();
				start = source;
				goal = target;
				joined = length;
			}
		},
		insert() {}
	});
	add();
	return copied;
}
var OUT_OF_BASE, WRONG_RESULT;
var init_delta = __esmMin((() => {
	OUT_OF_BASE = -7;
	WRONG_RESULT = -8;
}));
// src/read/pack/entries.ts
var init_entries = __esmMin((() => {}));
// src/read/pack/entries-plain.ts
function plainDifferences(memory, entries, wanted) {
	let a = 0;
	let aEnd = 0;
	let b = 0;
	let bEnd = 0;
	const parse = (at, end) => {
		const nul = memory.indexOf(0, at);
		if (nul < 0 || nul + 1 + OID$1 > end) return void 0;
		const [head] = /^[0-7]+ (?=.)/s.exec(memory.toString("latin1", at, nul)) ?? [];
		if (head === void 0) return void 0;
		const kind = Number.parseInt(head, 8) & 61440;
		const tree = kind === 16384;
		const blob = kind === 32768 || kind === 40960;
		const bit = memory.readUInt16LE(nul + 1);
		const may = ((wanted[bit >> 3] ?? 0) >> (bit & 7) & 1) === 1;
		const name = at + head.length;
		return {
			tree,
			name,
			length: nul - name,
			relevant: tree || blob && may,
			end: nul + 1 + OID$1
		};
	};
	return {
		differ(base, baseLength, made, madeLength) {
			a = base;
			aEnd = base + baseLength;
			b = made;
			bEnd = made + madeLength;
		},
		differences() {
			let count = 0;
			const put = ({ name, length, end }, kind) => {
				entries.set([
					name,
					length,
					end - OID$1,
					kind
				], 4 * count);
				count += 1;
			};
			while ((a < aEnd || b < bEnd) && count < 511) {
				const old = a < aEnd ? parse(a, aEnd) : void 0;
				const fresh = b < bEnd ? parse(b, bEnd) : void 0;
				if (a < aEnd && !old || b < bEnd && !fresh) return TORN_TREE;
				const order = old && fresh ? compare(memory, old, fresh) : old ? -1 : 1;
				const equal = old && fresh && memory.compare(memory, b, fresh.end, a, old.end) === 0;
				if (old && order <= 0) {
					if (old.relevant && !equal && !(order === 0 && fresh?.tree)) put(old, old.tree ? 1 : 0);
					a = old.end;
				}
				if (fresh && order >= 0) {
					if (fresh.relevant && !equal) put(fresh, fresh.tree ? 3 : 2);
					b = fresh.end;
				}
			}
			return count;
		}
	};
}
function compare(memory, a, b) {
	const common = Math.min(a.length, b.length);
	const order = memory.compare(memory, b.name, b.name + common, a.name, a.name + common);
	if (order !== 0) return order;
	const next = ({ name, length, tree }) => length > common ? memory[name + common] ?? 0 : tree ? 47 : 0;
	return next(a) - next(b);
}
var TORN_TREE, OID$1;
var init_entries_plain = __esmMin((() => {
	init_entries();
	TORN_TREE = -9;
	OID$1 = 20;
}));
// src/read/pack/engine-plain.ts
function plainOperations(memory, { ranges, entries, wanted }, near) {
	return {
		...plainDifferences(memory, entries, wanted),
		inflate(source, length, target, size) {
			try {
				const made = inflateSync(memory.subarray(source, source + length), { maxOutputLength: Math.max(1, size) });
				if (made.length !== size) return BAD_SIZE;
				memory.set(made, target);
				return 0;
			} catch (error) {
				return fault(error);
			}
		},
		peek(source, length, target, size) {
			try {
				const some = memory.subarray(source, source + Math.min(length, size * 2 + 1024));
				return inflateSync(some, { finishFlush: constants.Z_SYNC_FLUSH }).copy(memory, target, 0, size);
			} catch (error) {
				return fault(error);
			}
		},
		madeSize(delta, length, baseLength) {
			const sizes = deltaSizes(memory.subarray(delta, delta + length));
			if (!sizes) return -5;
			return sizes.base === baseLength ? sizes.made : WRONG_BASE;
		},
		apply(base, baseLength, delta, length, target, size) {
			const bytes = memory.subarray(delta, delta + length);
			const sizes = deltaSizes(bytes);
			if (!sizes) return -5;
			const changes = new Changes(ranges, near, size);
			let seamless = 0;
			const status = readDelta(bytes, sizes, {
				copy(source, to, count) {
					memory.copyWithin(target + to, base + source, base + source + count);
					if (source !== seamless) changes.add(to, to);
					seamless = source + count;
				},
				insert(from, to, count) {
					memory.copyWithin(target + to, delta + from, delta + from + count);
					changes.add(to, to + count);
					seamless = -1;
				}
			});
			if (status < 0) return status;
			if (seamless !== baseLength) changes.add(size, size);
			return changes.count;
		},
		nul: (at, length) => {
			const found = memory.indexOf(0, at);
			return found >= 0 && found < at + length;
		},
		newlines: (at, length) => countNewlines(memory.subarray(at, at + length), length)
	};
}
function fault(error) {
	const code = error.code;
	const text = error.message ?? "";
	if (code === "ERR_BUFFER_TOO_LARGE") return BAD_SIZE;
	if (code === "Z_BUF_ERROR") return TRUNCATED;
	return text.includes("data check") ? BAD_SUM : BAD_DATA;
}
var BAD_DATA, BAD_SIZE, TRUNCATED, BAD_SUM, WRONG_BASE, Changes;
var init_engine_plain = __esmMin((() => {
	init_position();
	init_delta();
	init_entries_plain();
	BAD_DATA = -1;
	BAD_SIZE = -2;
	TRUNCATED = -3;
	BAD_SUM = -4;
	WRONG_BASE = -6;
	Changes = class {
		count = 0;
		#ranges;
		#near;
		#size;
		constructor(ranges, near, size) {
			this.#ranges = ranges;
			this.#near = near;
			this.#size = size;
		}
		add(from, to) {
			const low = Math.max(0, from - this.#near);
			const high = Math.min(this.#size, to + this.#near);
			if (high <= low) return;
			const last = 2 * this.count - 1;
			if (this.count > 0 && low <= (this.#ranges[last] ?? 0)) {
				this.#ranges[last] = high;
				return;
			}
			this.#ranges[2 * this.count] = low;
			this.#ranges[2 * this.count + 1] = high;
			this.count += 1;
		}
	};
}));
// src/read/pack/wasm.ts
var WASM;
var init_wasm = __esmMin((() => {
	WASM = "AGFzbQEAAAABOwhgAn9/AX9gBn9/f39/fwF/YAABf2AEf39/fwBgAABgBX9/f39/AX9gA39/fwF+YAh/f39/f39/fwF/Ag8BA2VudgZtZW1vcnkCAAEDCgkBAgMABAUGBwAGMwp/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEAC38BQQALfwFBAAt/AUEACwdrDAVhcHBseQAHBG1hZGUDAAhtYWRlU2l6ZQAGBnJhbmdlcwMBB2luZmxhdGUABQRpbml0AAQFd3JvdGUDAwVjb3VudAAIBmRpZmZlcgACC2RpZmZlcmVuY2VzAAEDbnVsAAMGbWVtb3J5AgAMAQEK5DYJoAkBC39BgNIB/QwAAAAAAAAAAAAAAAAAAAAA/QsEAEGQ0gH9DAAAAAAAAAAAAAAAAAAAAAD9CwQAQaDSAf0MAAAAAAAAAAAAAAAAAAAAAP0LBABBsNIB/QwAAAAAAAAAAAAAAAAAAAAA/QsEAANAIAEgCEoEQCAIQQhqIAFMBH4gACAIaikDAAVCAQtQBEAgCEEIaiEIDAILIAhBCGoiBiABIAEgBkobIQYDQCAGIAhKBEAgACAIai0AAEECdEGA0gFqIgcgBygCAEEBajYCACAIQQFqIQgMAQsLDAELC0EPIQkDQCAJQQBKBH8gCUECdEGA0gFqKAIABUEBC0UEQCAJQQFrIQkMAQsLIAlFBEAgAkHBADYCACACQQRqQcEANgIAQQEPC0EBIQdBASEIA0AgCEEPTARAIAdBAXQgCEECdEGA0gFqKAIAayIHQQBIBEBBfw8LIAhBAWohCAwBCwtBASAJQQFHIAUbQQAgB0EAShsEQEF/DwtBACEIQQEhBQNAIAVBD0wEQCAFQQJ0IgZBwNIBaiAINgIAIAggBkGA0gFqKAIAaiEIIAVBAWohBQwBCwtBACEIA0AgASAISgRAIAhBCGogAUwEfiAAIAhqKQMABUIBC1AEQCAIQQhqIQgMAgsgCEEIaiIFIAEgASAFShshBQNAIAUgCEoEQCAAIAhqLQAAIgYEQCAGQQJ0QcDSAWoiBigCACEKIAYgCkEBajYCACAKQQF0QYDTAWogCDsBAAsgCEEBaiEIDAELCwwBCwtBASADIAkgAyAJSBsiDXRBAWshDEEBIQADQCAAQQJ0QYDSAWooAgBFBEAgAEEBaiEADAELC0EBIAAgDSAAIA1IG3QhBiAHQQBKBEAgAkHBADYCACACQQRqQcEANgIACyAAQQJ0QYDSAWooAgAhAUEAIQVBfyEDQQEgDXQhCkEAIQgDQAJAIAQgC0EBdEGA0wFqLwEAQQJ0aigCACEPIAtBAWohCyAAIA1MBEAgAiAFQQJ0aiAAIA9yNgIABSAFIAxxIgcgA0cEQCAHIQMgCkEBIAh0aiAKIAhBAEobIQpBASAAIA1rIgh0IAFrIQcDQCAIIA1qIAlIIAdBAEpxBEAgB0EBdCANIAhBAWoiCGpBAnRBgNIBaigCAGshBwwBCwsgAiADQQJ0aiAKQRB0QeAAciAIQQh0ciANcjYCAAtBASAAIA1rIgd0IQ5BASAIdCEQIAcgD3IhDyAFIA12IQcDQCAHIBBJBEAgAiAHIApqQQJ0aiAPNgIAIAcgDmohBwwBCwsLIAFBAWshAUEBIAB0QQFrIgcgBUYNACAFQQFBHyAFIAdzZ2t0IgVBAWtxIAVyIQUgAUUEQANAIAkgAEEBaiIASARAIA0PCyAAIA1MBEAgAiIBIAZBAnQiDmoiDyEHAkAgDkEQSQRAA0AgASAPSQRAIAcgASgCADYCACABQQRqIQEgB0EEaiEHDAELCwwBCwNAIAEgD0kEQCAHIAH9AAQA/QsEACABQRBqIQEgB0EQaiEHDAELCwsgBkEBdCEGCyAAQQJ0QYDSAWooAgAiAUUNAAsLDAELCyANC80LAQ9/QYCgAiEAIwYhBgNAIABB8N8CSSMGIwdJcQRAAkAgBiMGTQRAIwQhASMGIQMjBSMEayIEIgIjByMGayIFIAIgBUkbIQVBACECIAQgBUYCfwNAIAIgBUkEQCABIAJq/QAEACACIANq/QAEAP0j/WRBf3NB//8DcSIEBEAgAiAEaGoiASAFIAEgBUkbDAMLIAJBEGohAgwBCwsgBQsjBmoiBiMHRnEEQCMFJAQjByQGDAILCyMHIwYhAiMHIQEDQCABIAJLBEACQCAC/QAEAP0MAAAAAAAAAAAAAAAAAAAAAP0j/WQiBARAIAIgBGhqIgIgASABIAJLGyEBDAELIAJBEGohAgwCCwsLIAEiA0EVakkEQEF3DwsgA0EVaiMGayIBIwZqIAZNBEAjBCABaiQEIwYgAWokBgwDC0EAIQZBACEEIwYiAiEBAn8DQCACLQAAIgVBIEcEQEEAIAVBMEkgBUE3S3INAhogBUEwayAEQQN0aiEEIAJBAWohAgwBCwsgBCQIIAJBAWokCSABIAJJIwkgA0lxC0UEQEF3DwsjCCEHIwkhCSADIwlrIQhBASEBQQAhAkEAIQRBACEKIwQjBUkEQCMFIwQhAiMFIQEDQCABIAJLBEACQCAC/QAEAP0MAAAAAAAAAAAAAAAAAAAAAP0j/WQiCgRAIAIgCmhqIgIgASABIAJLGyEBDAELIAJBEGohAgwCCwsLIAEiAkEVakkEf0EABSMEIgEhBQJ/A0AgAS0AACIKQSBHBEBBACAKQTBJIApBN0tyDQIaIApBMGsgBEEDdGohBCABQQFqIQEMAQsLIAQkCCABQQFqJAkjCSACSSABIAVLcQsLRQRAQXcPCyMIIgpBgOADcUGAgAFGIQsgB0GA4ANxQYCAAUYhDCACIwkiBGsiDSAIIAggDUsbIQ5BACEFAkADQCAFIA5JBEAgBCAFai0AACAFIAlqLQAAayIBDQIgBUEBaiEFDAELCyANIA5LBH8gBCAOai0AAAVBL0EAIAsbCyAIIA5LBH8gCSAOai0AAAVBL0EAIAwbC2shAQsLIAFBAEwEQCACQQFqIQUCf0EBIApBgOADcSILQYCAAUYNABpBACALQYDAAkcgC0GAgAJHcQ0AGiAFLwEAIgVBA3ZBgOABai0AACAFQQdxdUEBcQsEf0EAIAdBgOADcUGAgAFGIAEbBUEBC0UEQCAAIAQ2AgAgACACIARrNgIEIAAgAkEBajYCCCAAIApBgOADcUGAgAFGNgIMIABBEGohAAsgAkEVaiQECyABQQBOBEAgA0EBaiEBAn9BASAHQYDgA3EiAkGAgAFGDQAaQQAgAkGAwAJHIAJBgIACR3ENABogAS8BACIBQQN2QYDgAWotAAAgAUEHcXVBAXELBEAgACAJNgIAIAAgCDYCBCAAIANBAWo2AgggAEEDQQIgB0GA4ANxQYCAAUYbNgIMIABBEGohAAsgA0EVaiQGCwwCCwsLA0AjBCMFSSMGIwdPcSAAQfDfAklxBEAjBSMEIQIjBSEBA0AgASACSwRAAkAgAv0ABAD9DAAAAAAAAAAAAAAAAAAAAAD9I/1kIgQEQCACIARoaiICIAEgASACSxshAQwBCyACQRBqIQIMAgsLCyABQRVqSQR/QQAFQQAhBCMEIgIhAwJ/A0AgAi0AACIFQSBHBEBBACAFQTBJIAVBN0tyDQIaIAVBMGsgBEEDdGohBCACQQFqIQIMAQsLIAQkCCACQQFqJAkjCSABSSACIANLcQsLRQRAQXcPCyABQQFqIQICf0EBIwhBgOADcSIDQYCAAUYNABpBACADQYDAAkcgA0GAgAJHcQ0AGiACLwEAIgJBA3ZBgOABai0AACACQQdxdUEBcQsEQCAAIwk2AgAgACABIwlrNgIEIAAgAUEBajYCCCAAIwhBgOADcUGAgAFGNgIMIABBEGohAAsgAUEVaiQEDAELCyAAQYCgAmtBBHYLGAAgACQEIAAgAWokBSACJAYgAiADaiQHC2QAIAAgAWohAQNAIABBEGogAU0EQCAA/QAEAP0MAAAAAAAAAAAAAAAAAAAAAP0j/VMEQEEBDwsgAEEQaiEADAELCwNAIAAgAUkEQCAALQAARQRAQQEPCyAAQQFqIQAMAQsLQQALpAMBA38DQCAAQYACSQRAIABBAnRBgMABaiAAQRB0QYCAgIB4cjYCACAAQQFqIQAMAQsLQYDIAUHAATYCAEEDIQBBgQIhAQNAIAFBnQJJBEAgAUECdEGAwAFqIABBEHQgAUGFAmtBAnZBACABQYkCTxsiAkEIdHI2AgAgAEEBIAJ0aiEAIAFBAWohAQwBCwtB9MgBQYCAiAg2AgBB+MgBQcAANgIAQfzIAUHAADYCAEEBIQBBACEBA0AgAUEeSQRAIAFBAnRBgMkBaiAAQRB0IAFBAmtBAXZBACABQQRPGyICQQh0cjYCACAAQQEgAnRqIQAgAUEBaiEBDAELC0H4yQFBwAA2AgBB/MkBQcAANgIAQQAhAANAIABBE0kEQCAAQQJ0QYDKAWogAEEQdDYCACAAQQFqIQAMAQsLQYDMAUEIQZAB/AsAQZDNAUEJQfAA/AsAQYDOAUEHQRj8CwBBmM4BQoiQoMCAgYKECDcAAEGAzAFBoAJBgJABQQlBgMABQQAQABpBgMwBQQVBIPwLAEGAzAFBIEGAsAFBBUGAyQFBABAAGgv8FAMMfwR+BXsCQAJAAkAgAUEGSQ0AIAAtAAEgAC0AAEEIdHIiBkGgHnFBgBBHIAZBDHZBB0tyBH9BAQUgBkEfcAsNASAAQQJqIQcgACABaiEJIAMgAiIAaiEKA0AgDEUEQCARIAcpAwAgBa2GhCEUIAdBPyAFa0EDdmohByAUQgGDpyEMIBRCA4ghESAFQThyQQNrIQVBgLABIQtC/wMhEkIfIRMgFEIBiKdBA3EiAUUEQCAHIAVBA3ZrIQFCACERQQAhBSABQQRqIgYgCUsNAyABLwEAIgggAS8BAkF/c0H//wNxRw0EIAogAGsiASAISQRAIARFBEBBfg8LIAEgBmogCUsNBCAAIAYgAfwKAAAgAyQDQQEPCyAGIAhqIgcgCUsNAyAAIAYgCPwKAAAgACAIaiEADAILIAFBA0YNAyABQQJGBH8gEUIFiKdBH3FBAWoiC0EeSyARp0EfcUGBAmoiDUGeAktyDQQgEUIKiKdBD3FBBGohBkGAzAH9DAAAAAAAAAAAAAAAAAAAAAD9CwQAQZDMAf0MAAAAAAAAAAAAAAAAAAAAAP0LBABBkMwBIAcpAwAgBUEOayIBrYYgEUIOiIQiEadBB3E6AAAgB0E/IAFrQQN2aiIFKQMAIAFBOHJBA2siAa2GIBFCA4iEIREgBUE/IAFrQQN2aiEHIAFBOHIhBUEBIQEDQCABIAZJBEAgAUGAgANqLQAAQYDMAWogEadBB3E6AAAgEUIDiCERIAVBA2shBSABQQFqIQEMAQsLQYDMAUETQYCIAUEHQYDKAUEBEAAiAUEASA0EQgEgAayGQgF9IRIgCyANaiEOQQAhAQNAIAEgDkkEQCAFQQ5JBEAgESAHKQMAIAWthoQhESAHQT8gBWtBA3ZqIQcgBUE4ciEFCyARIBKDp0ECdEGAiAFqKAIAIgZBwABxDQYgESAGQR9xIgitiCERIAUgCGshBSAGQRB2IgZBEEkEQCABQYDMAWogBjoAACABQQFqIQEMAgtBACEIIAZBEEYEfyABRQ0HIAFB/8sBai0AACEIIBGnQQNxQQNqIQYgEUICiCERIAVBAmsFIAZBEUYEfyARp0EHcUEDaiEGIBFCA4ghESAFQQNrBSARp0H/AHFBC2ohBiARQgeIIREgBUEHawsLIQUgASAGaiAOSw0GIAj9DyEVIAFBgMwBaiIIIAZqIQ8DQCAIIA9JBEAgCCAV/QsEACAIQRBqIQgMAQsLIAEgBmohAQwBCwtBgM4BLQAARQ0EIAcgBUEDdmsgCUsNA0GAzAEgDUGACEEJQQsgA0GAIEkiARtBgMABQQAQACIGQQBIDQQgDUGAzAFqIAtBgOgAQQdBCSABG0GAyQFBABAAIgFBAEgNBEGA6AAhC0IBIAashkIBfSESQgEgAayGQgF9IRNBgAgFQYCQAQshDiARIAcpAwAgBa2GhCERIAdBPyAFa0EDdmohByAFQThyIQUgDiARIBKDp0ECdGooAgAhBgNAAkAgBkGAgICAeHEEQCAFIAZBH3EiAWshBSAAIAZBEHY6AAAgDiASIBEgAa2IIhGDp0ECdGooAgAiBkGAgICAeHEEfyAFIAZBH3FrIQUgACAGQRB2OgABIA4gEiARIAZBH3GtiCIRg6dBAnRqKAIAIgZBgICAgHhxBEAgACAGQRB2OgACIAogAEEDaiIASQ0JIAcgCUEQaksNByAHKQMAIAUgBkEfcWsiAa2GIBEgBkEfca2IhCERIAdBPyABa0EDdmohByABQThyIQUgDiARIBKDp0ECdGooAgAhBgwECyAAQQJqBSAAQQFqCyEAIBEgBykDACAFrYaEIREgB0E/IAVrQQN2aiEHIAVBOHIhBQsgBkHAAHEEQCAGQSBxBEAgBSAGQR9xIgFrIQUgDiARIAGtiCIRQgEgBkEIdkEfca2GQgF9g6cgBkEQdmpBAnRqKAIAIgZBgICAgHhxBEAgACAGQRB2OgAAIAogAEEBaiIASQ0JIAcgCUEQaksNByAHKQMAIAUgBkEfcWsiAa2GIBEgBkEfca2IhCERIAdBPyABa0EDdmohByABQThyIQUgDiARIBKDp0ECdGooAgAhBgwECwsgBkHAAHEEQCAGQYABcUUNByARIAZBH3EiAa2IIREgBSABayEFDAILCyARIAZBH3EiAa2IIhFCASAGQQh2QR9xIgitIhSGQgF9g6cgBkEQdmohDyAFIAFrIAhrIQUgCyATIBEgFIgiEYOnQQJ0aigCACIGQcAAcQRAIAZBIHFFDQYgBSAGQR9xIgFrIQUgCyARIAGtiCIRQgEgBkEIdkEfca2GQgF9g6cgBkEQdmpBAnRqKAIAIgZBwABxDQYLIBEgBkEfcSIIrYgiEUIBIAZBCHZBH3EiEK0iFIZCAX2DpyAGQRB2aiINIAAgAmtLDQUgBEUgACAPaiIBIApLcQRAQX4PCyAHIAlBEGpLDQQgBykDACAFIAhrIBBrIgWthiARIBSIhCERIAdBPyAFa0EDdmohByAFQThyIQUgDiARIBKDp0ECdGooAgAhBiAAIA1rIQggDUEQTwRAIAAgCP0ABAD9CwQAIA9BEEsEQANAIABBEGoiACAIQRBqIgj9AAQA/QsEACAAQRBqIAFJDQALCwUgDUEBRgRAIAgsAAD9DyEVA0AgACAV/QsEACABIABBEGoiAEsNAAsFIA1BCE8EQANAIAAgCCkDADcDACAIQQhqIQggASAAQQhqIgBLDQALBQNAIAAgCC0AADoAACAIQQFqIQggASAAQQFqIgBLDQALCwsLIAogASIATw0BIAMkA0EBDwsLIAAgCksNBCAHIAVBA3ZrIAlLDQIMAQsLIAcgBUEDdmsiAUEEaiAJSw0AIAAgAmskAyAAIApHBEBBAEF+IAQbDwsgASgCACEEQQAhAUEBIQADQCADQSBPBEAgA0GgKyADIANBoCtPG0FgcSIFayEDIAEgACAFbGr9DAAAAAAAAAAAAAAAAAAAAAAhFf0MAAAAAAAAAAAAAAAAAAAAACEW/QwAAAAAAAAAAAAAAAAAAAAAIRcgAiAFaiEFA0AgAiAFSQRAIAL9AAQAIRggAv0ABBAhGSACQSBqIQIgFiAV/a4BIRYgFSAY/X0gGf19/Y4B/X/9rgEhFSAXIBj9DCAfHh0cGxoZGBcWFRQTEhH9ngH9fyAY/QwgHx4dHBsaGRgXFhUUExIR/Z8B/X/9rgH9rgEgGf0MEA8ODQwLCgkIBwYFBAMCAf2eAf1/IBn9DBAPDg0MCwoJCAcGBQQDAgH9nwH9f/2uAf2uASEXDAELCyAAIBX9GwAgFf0bAWogFf0bAmogFf0bA2pqQfH/A3AhACAX/RsAIBf9GwFqIBf9GwJqIBf9GwNqIBb9GwAgFv0bAWogFv0bAmogFv0bA2pBBXRqakHx/wNwIQEMAQsLA0AgAwRAIAEgACACLQAAaiIAaiEBIAJBAWohAiADQQFrIQMMAQsLIABB8f8DcCABQfH/A3BBEHRyIARBgP6DeHFBCHcgBEH/gfwHcUEIeHJHBEBBfA8LQQAPC0F9DwtBfw8LIAMkA0EBQX4gBBsLpwECAn4BfyAAIAFqIQUDQCAAIAVPIANCKlZyBEBCew8LIAAiAUEBaiEAIAQgAS0AACIBQf8Aca0gA4aEIQQgA0IHfCEDIAFBgAFxDQALIAQgAq1SBEBCeg8LQgAhBEIAIQMDQCAAIAVPIANCKlZyBEBCew8LIAAiAUEBaiEAIAQgAS0AACIBQf8Aca0gA4aEIQQgA0IHfCEDIAFBgAFxDQALIAAkAiAEC98FAgZ+CH8gAiADaiETIwIhAkJ/IQkgByEOA0AgAiATSQRAIAJBAWohDyACLQAAIhVBgAFxBEBBACEQQQAhAyAVQQFxBEAgDy0AACEQIA9BAWohDwsgFUECcQRAIBAgDy0AAEEIdHIhECAPQQFqIQ8LIBVBBHEEQCAQIA8tAABBEHRyIRAgD0EBaiEPCyAVQQhxBEAgECAPLQAAQRh0ciEQIA9BAWohDwsgFUEQcQRAIA8tAAAhAyAPQQFqIQ8LIBVBIHEEfyADIA8tAABBCHRyIQMgD0EBagUgDwshAiAVQcAAcQRAIAMgAi0AAEEQdHIhAyACQQFqIQILIAIgE0sEQEF7DwsgAa0gEK0gA0GAgAQgAxsiFa18VARAQXkPCyAFrSARrSAVrXxUBEBBeA8LIAQgEWohAyAAIBBqIRICQCAVQYAESwRAIAMgEiAV/AoAAAwBCyADIBVqIQ8DQCADIBL9AAQA/QsEACASQRBqIRIgDyADQRBqIgNLDQALCyAQIBRHIBAgFWohFCARrSILIQogESAVaiERRQ0CBSAVRQRAQXsPCyAPIBVqIBNLBEBBew8LIAWtIBGtIBWtfFQEQEF4DwsgDyEDIAQgEWoiEiAVaiECA0AgEiAD/QAEAP0LBAAgA0EQaiEDIAIgEkEQaiISSw0ACyAPIBVqIQIgEa0hCyARIBVqIhGtIQpBfyEUCyAFrSIMIAatIg0gCnwiCiAKIAxVGyALIA19IgtCACALQgBZGyILIAlVBEAgCUIAWQRAIA4gCD4CACAOIAk+AgQgDkEIaiEOCyALIQgLIQkMAQsLIAUgEUcEQEF4DwsgASAURwRAIAWtIAatfSIKQgAgCkIAWRsiCiAJVQRAIAlCAFkEQCAOIAg+AgAgDiAJPgIEIA5BCGohDgsgCiEICyAFrSEJCyAJQgBVBH8gDiAIPgIAIA4gCT4CBCAOQQhqBSAOCyAHa0EDdiQBQQALxAECAXsCfwNAIABBEGogAU0EQP0MAAAAAAAAAAAAAAAAAAAAACECIABB/wEgASAAa0EEdiIEIARB/wFPG0EEdGohBANAIAAgBEkEQCACIAD9AAQA/QwKCgoKCgoKCgoKCgoKCgoK/SP9cSECIABBEGohAAwBCwsgAyAC/X39fyIC/RsAIAL9GwFqIAL9GwJqIAL9GwNqaiEDDAELCwNAIAAgAUkEQCADQQFqIAMgAC0AAEEKRhshAyAAQQFqIQAMAQsLIAMLCxsBAEGAgAMLExAREgAIBwkGCgULBAwDDQIOAQ8=";
}));
// src/read/pack/wasm-host.ts
var host;
var init_wasm_host = __esmMin((() => {
	host = globalThis.WebAssembly;
}));
// src/read/pack/engine.ts
function reason(status) {
	return REASONS[status] ?? "it is damaged";
}
function wasmModule() {
	if (compiled === void 0) try {
		compiled = host ? new host.Module(Buffer.from(WASM, "base64")) : null;
	} catch {
		compiled = null;
	}
	return compiled;
}
function createEngine(options) {
	const { near } = options;
	const rangeBytes = roundUp((Math.ceil(options.arena / (2 * near)) + 4) * 8, 64);
	const pages = {
		from: TABLES + rangeBytes,
		to: TABLES + rangeBytes + options.pages
	};
	const arena = {
		from: roundUp(pages.to + 512, 64),
		to: 0
	};
	arena.to = arena.from + options.arena;
	const total = roundUp(arena.to + 1024, WASM_PAGE);
	const module = options.kind === "plain" ? null : wasmModule();
	if (module === null || !host) {
		const memory = Buffer.from(new ArrayBuffer(total));
		const views = viewsOf(memory.buffer, rangeBytes);
		return {
			kind: "plain",
			memory,
			...views,
			pages,
			arena,
			...plainOperations(memory, views, near)
		};
	}
	const shared = new host.Memory({
		initial: total / WASM_PAGE,
		maximum: total / WASM_PAGE
	});
	const imports = { env: {
		memory: shared,
		abort: () => {
			throw new Error("the pack engine stopped");
		}
	} };
	const made = new host.Instance(module, imports).exports;
	made.init();
	return {
		kind: "wasm",
		memory: Buffer.from(shared.buffer),
		...viewsOf(shared.buffer, rangeBytes),
		pages,
		arena,
		inflate: (source, length, target, size) => made.inflate(source, length, target, size, 0),
		peek: (source, length, target, size) => {
			const status = made.inflate(source, length, target, size, 1);
			return status < 0 ? status : made.wrote.value;
		},
		madeSize: (delta, length, baseLength) => Number(made.madeSize(delta, length, baseLength)),
		apply: (base, baseLength, delta, length, target, size) => {
			const status = made.apply(base, baseLength, delta, length, target, size, near, TABLES);
			return status < 0 ? status : made.ranges.value;
		},
		nul: (at, length) => made.nul(at, length) !== 0,
		newlines: (at, length) => made.count(at, at + length),
		differ: (base, baseLength, tree, length) => made.differ(base, baseLength, tree, length),
		differences: () => made.differences()
	};
}
function viewsOf(memory, rangeBytes) {
	return {
		ranges: new Uint32Array(memory, TABLES, rangeBytes / 4),
		entries: new Uint32Array(memory, ENTRIES, 2048),
		wanted: new Uint8Array(memory, WANTED.at, WANTED.bytes)
	};
}
function roundUp(value, step) {
	return Math.ceil(value / step) * step;
}
var WASM_PAGE, WANTED, ENTRIES, TABLES, REASONS, compiled;
var init_engine = __esmMin((() => {
	init_engine_plain();
	init_entries();
	init_wasm();
	init_wasm_host();
	WASM_PAGE = 65536;
	WANTED = {
		at: 28672,
		bytes: 8192
	};
	ENTRIES = 36864;
	TABLES = WASM_PAGE;
	REASONS = {
		[-1]: "its compressed data is damaged",
		[-2]: "its size is not what its header says",
		[-3]: "its compressed data ends too early",
		[-4]: "its checksum does not fit",
		[-5]: "its delta is damaged",
		[-6]: "its delta was made for another base",
		[-7]: "its delta copies from behind the base",
		[-8]: "its delta makes another size than it says",
		[-9]: "its entries are damaged"
	};
}));
// src/read/pack/idx.ts
function findOid({ oids, fanout }, bytes, at = 0) {
	const first = bytes[at] ?? 0;
	let low = first === 0 ? 0 : fanout[first - 1] ?? 0;
	let high = fanout[first] ?? 0;
	const share = ((bytes[at + 1] ?? 0) << 8 | (bytes[at + 2] ?? 0)) / 65536;
	const guess = low + Math.floor((high - low) * share);
	for (const probe of [guess - NEARBY, guess + NEARBY]) {
		if (probe < low || probe >= high) continue;
		if (compareAt(oids, probe * 20, bytes, at) <= 0) low = probe;
		else high = probe;
	}
	while (low < high) {
		const middle = low + high >>> 1;
		const order = compareAt(oids, middle * 20, bytes, at);
		if (order === 0) return middle;
		if (order < 0) low = middle + 1;
		else high = middle;
	}
	return -1;
}
function compareAt(oids, one, bytes, other) {
	for (let i = 0; i < 20; i++) {
		const difference = oids[one + i] - bytes[other + i];
		if (difference !== 0) return difference;
	}
	return 0;
}
var NEARBY;
var init_idx = __esmMin((() => {
	NEARBY = 32;
}));
var init_headers = __esmMin((() => {
	init_idx();
	10 + Math.max(10, 20);
}));
// src/read/pack/forest.ts
var TEXTS, GROUND;
var init_forest = __esmMin((() => {
	init_headers();
	TEXTS = new Set([
		3,
		1,
		4
	]);
	GROUND = new Set([2, 1]);
}));
// src/read/pack/loose.ts
function readLoose(file, engine, kinds = TEXTS) {
	const { memory, arena } = engine;
	const fd = openSync(file, "r");
	try {
		const length = fstatSync(fd).size;
		const source = arena.to - length - 512;
		if (source < arena.from + HEAD + 512) throw new Damage("it is too large for this reader");
		let done = 0;
		while (done < length) {
			const got = readSync(fd, memory, source + done, length - done, done);
			if (got === 0) throw new Damage("its file ends too early");
			done += got;
		}
		const got = engine.peek(source, length, arena.from, HEAD);
		if (got < 0) throw new Damage(reason(got));
		const head = /^(commit|tree|blob|tag) (0|[1-9][0-9]{0,14})\0/.exec(memory.toString("latin1", arena.from, arena.from + got));
		if (!head) throw new Damage("its header is damaged");
		const kind = KINDS[head[1] ?? ""] ?? 0;
		if (!kinds.has(kind)) return void 0;
		const size = Number(head[2]);
		const whole = head[0].length + size;
		if (arena.from + whole + 512 > source) throw new Damage("it is too large for this reader");
		const status = engine.inflate(source, length, arena.from, whole);
		if (status < 0) throw new Damage(reason(status));
		return {
			kind,
			at: arena.from + head[0].length,
			size
		};
	} finally {
		closeSync(fd);
	}
}
var KINDS, HEAD;
var init_loose = __esmMin((() => {
	init_damage();
	init_engine();
	init_forest();
	init_headers();
	KINDS = {
		commit: 1,
		tree: 2,
		blob: 3,
		tag: 4
	};
	HEAD = 64;
}));
// src/read/pack/arena.ts
function tooLarge() {
	return new Damage("it is too large for this reader");
}
var Arena;
var init_arena = __esmMin((() => {
	init_damage();
	init_engine();
	Arena = class {
		way = [];
		#engine;
		#ceiling;
		constructor(engine) {
			this.#engine = engine;
			this.#ceiling = engine.arena.to;
		}
		reset() {
			this.#ceiling = this.#engine.arena.to;
		}
		below(size) {
			const at = this.#ceiling - 512 - size;
			if (at < this.#floor() && this.#compact() > at) throw tooLarge();
			this.#ceiling = at;
			return at;
		}
		room(size, anywhere) {
			const need = size + 512;
			if (anywhere) {
				const parent = this.way.at(-1);
				const before = this.way.at(-2);
				const gap = before ? before.at + before.size + 512 : this.#engine.arena.from;
				if (parent && gap + need <= parent.at) return gap;
			}
			const floor = this.#floor();
			if (floor + need <= this.#ceiling) return floor;
			const compacted = this.#compact();
			if (compacted + need > this.#ceiling) throw tooLarge();
			return compacted;
		}
		#floor() {
			const last = this.way.at(-1);
			return last ? last.at + last.size + 512 : this.#engine.arena.from;
		}
		#compact() {
			const { memory, arena } = this.#engine;
			let to = arena.from;
			for (const placed of this.way) {
				if (placed.at > to) {
					memory.copyWithin(to, placed.at, placed.at + placed.size);
					placed.at = to;
				}
				to = placed.at + placed.size + 512;
			}
			return to;
		}
	};
}));
// src/read/pack/store.ts
var init_store = __esmMin((() => {
	init_path();
}));
// src/read/pack/units.ts
var init_units = __esmMin((() => {
	init_store();
}));
// src/read/pack/plan.ts
function oidOf(oids, name) {
	return Buffer.from(oids.buffer, oids.byteOffset + name * 20, 20).toString("hex");
}
var init_plan = __esmMin((() => {
	init_forest();
	init_headers();
	init_idx();
	init_loose();
	init_store();
	init_units();
}));
// src/read/pack/window.ts
function windowBytes(pages) {
	return pages * 20544 + BRIDGE + SPARE;
}
var PAGE, SLOT, BRIDGE, SPARE, OPEN, Window;
var init_window = __esmMin((() => {
	PAGE = 16384;
	SLOT = 20480;
	BRIDGE = 1048576;
	SPARE = 64;
	OPEN = 16;
	Window = class {
		#memory;
		#from;
		#bridge;
		#files = new Map();
		#owner;
		#page;
		#length;
		#asked;
		#hand = 0;
		#file;
		constructor(memory, region) {
			this.#memory = memory;
			this.#bridge = region.from;
			this.#from = region.from + BRIDGE + SPARE;
			const slots = Math.floor((region.to - this.#from) / 20544);
			this.#owner = Array.from({ length: slots });
			this.#page = new Float64Array(slots);
			this.#length = new Int32Array(slots);
			this.#asked = new Uint8Array(slots);
		}
		open(path, size) {
			let file = this.#files.get(path);
			if (file) this.#files.delete(path);
			else {
				if (this.#files.size >= OPEN) this.#closeOldest();
				file = {
					fd: openSync(path, "r"),
					slotOf: new Int32Array(Math.ceil(size / PAGE)).fill(-1)
				};
			}
			this.#files.set(path, file);
			this.#file = file;
		}
		at(offset, length) {
			const file = this.#file;
			if (!file) return -2;
			const page = Math.floor(offset / PAGE);
			const within = offset - page * PAGE;
			if (within + length > SLOT) {
				if (length > BRIDGE) return -1;
				return this.readTo(this.#bridge, offset, length) ? this.#bridge : -2;
			}
			let slot = file.slotOf[page] ?? -1;
			if (slot < 0) slot = this.#load(file, page);
			this.#asked[slot] = 1;
			if (within + length > (this.#length[slot] ?? 0)) return -2;
			return this.#from + slot * 20544 + within;
		}
		readTo(address, offset, length) {
			return this.#file !== void 0 && this.#read(this.#file, address, offset, length) === length;
		}
		close() {
			while (this.#files.size > 0) this.#closeOldest();
			this.#file = void 0;
		}
		#closeOldest() {
			const [oldest] = this.#files;
			if (!oldest) return;
			const [path, file] = oldest;
			this.#files.delete(path);
			for (const [slot, owner] of this.#owner.entries()) if (owner === file) this.#owner[slot] = void 0;
			closeSync(file.fd);
		}
		#read(file, address, offset, length) {
			let done = 0;
			while (done < length) {
				const got = readSync(file.fd, this.#memory, address + done, length - done, offset + done);
				if (got === 0) break;
				done += got;
			}
			return done;
		}
		#load(file, page) {
			const slot = this.#free();
			const length = this.#read(file, this.#from + slot * 20544, page * PAGE, SLOT);
			this.#owner[slot] = file;
			this.#page[slot] = page;
			this.#length[slot] = length;
			file.slotOf[page] = slot;
			return slot;
		}
		#free() {
			while (this.#asked[this.#hand] === 1) {
				this.#asked[this.#hand] = 0;
				this.#hand = (this.#hand + 1) % this.#owner.length;
			}
			const slot = this.#hand;
			this.#hand = (slot + 1) % this.#owner.length;
			const owner = this.#owner[slot];
			if (owner) owner.slotOf[this.#page[slot] ?? 0] = -1;
			this.#owner[slot] = void 0;
			return slot;
		}
	};
}));
// src/read/pack/trees.ts
var PEEK_ABOVE, Trees;
var init_trees = __esmMin((() => {
	init_text();
	init_arena();
	init_damage();
	init_engine();
	init_forest();
	init_headers();
	init_plan();
	init_window();
	PEEK_ABOVE = 32768;
	Trees = class {
		delta = {
			at: 0,
			length: 0,
			changes: 0
		};
		#engine;
		#window;
		#pack;
		#taker;
		#unread;
		#arena;
		#kind = 0;
		#from = 0;
		#length = 0;
		#type = 0;
		#size = 0;
		constructor(engine, window, pack, taker, unread) {
			this.#engine = engine;
			this.#window = window;
			this.#pack = pack;
			this.#taker = taker;
			this.#unread = unread;
			this.#arena = new Arena(engine);
		}
		walk(root) {
			const { siblings } = this.#pack;
			const { way } = this.#arena;
			way.length = 0;
			this.#kind = 0;
			this.#read(root, void 0);
			for (let parent = way.at(-1); parent; parent = way.at(-1)) {
				const child = parent.next;
				if (child < 0) {
					way.pop();
					continue;
				}
				parent.next = siblings[child] ?? -1;
				this.#read(child, parent);
			}
		}
		#read(index, parent) {
			if (this.#isLeaf(index) && this.#taker.done(index)) return;
			this.#arena.reset();
			try {
				const waiting = parent ? this.#delta(index, parent) : this.#root(index);
				if (!waiting) return;
				if (parent && parent.next < 0) this.#arena.way.pop();
				this.#arena.way.push(waiting);
			} catch (error) {
				if (!(error instanceof Damage)) throw error;
				this.giveUp(index, error.message);
			}
		}
		#root(index) {
			this.#source(index);
			const kind = this.#type;
			const size = this.#size;
			if (!this.#taker.takes(kind)) throw new Damage("its type is not what it was");
			this.#kind = kind;
			if (this.#isLeaf(index) && kind === 3 && size > PEEK_ABOVE && this.#isBinary()) {
				this.#taker.binary(size);
				return;
			}
			const source = this.#inPlace();
			const at = this.#arena.room(size, true);
			const status = this.#engine.inflate(source, this.#length, at, size);
			if (status < 0) throw new Damage(reason(status));
			return this.#take(index, at, size, void 0);
		}
		#delta(index, parent) {
			const engine = this.#engine;
			this.#source(index);
			if (this.#type !== 6 && this.#type !== 7) throw new Damage("its type is not what it was");
			const source = this.#inPlace();
			const length = this.#size;
			const delta = this.#arena.below(length);
			let status = engine.inflate(source, this.#length, delta, length);
			if (status < 0) throw new Damage(reason(status));
			const size = engine.madeSize(delta, length, parent.size);
			if (size < 0) throw new Damage(reason(size));
			const at = this.#arena.room(size, parent.next < 0 || this.#isLeaf(index));
			status = engine.apply(parent.at, parent.size, delta, length, at, size);
			if (status < 0) throw new Damage(reason(status));
			this.delta.changes = status;
			this.delta.at = delta;
			this.delta.length = length;
			return this.#take(index, at, size, parent);
		}
		#take(index, at, size, parent) {
			const made = this.#taker.done(index) ? void 0 : this.#taker.take(this.#kind, index, at, size, parent);
			const next = this.#pack.children[index] ?? -1;
			return next < 0 ? void 0 : {
				at,
				size,
				made,
				next
			};
		}
		#isLeaf(index) {
			return this.#pack.children[index] === -1;
		}
		#source(index) {
			const { offsets } = this.#pack;
			const { memory } = this.#engine;
			const offset = offsets[index] ?? 0;
			const all = (offsets[index + 1] ?? 0) - offset;
			const start = this.#window.at(offset, Math.min(all, 64));
			if (start === -2) throw new Damage("the pack ends before it");
			let at = start;
			let byte = memory[at++] ?? 0;
			this.#type = byte >> 4 & 7;
			let size = byte & 15;
			for (let power = 4; byte & 128; power += 7) {
				if (power > 46) throw new Damage("its header is damaged");
				byte = memory[at++] ?? 0;
				size += (byte & 127) * 2 ** power;
			}
			this.#size = size;
			if (this.#type === 6) do
				byte = memory[at++] ?? 0;
			while (byte & 128 && at < start + 64);
			else if (this.#type === 7) at += 20;
			this.#from = offset + (at - start);
			this.#length = all - (at - start);
			if (this.#length <= 0) throw new Damage("its header is damaged");
		}
		#inPlace() {
			const found = this.#window.at(this.#from, this.#length);
			if (found === -2) throw new Damage("the pack ends before it");
			if (found !== -1) return found;
			const address = this.#arena.below(this.#length);
			if (!this.#window.readTo(address, this.#from, this.#length)) throw new Damage("the pack ends before it");
			return address;
		}
		#isBinary() {
			const { arena, memory } = this.#engine;
			const some = Math.min(this.#length, 2 * HEAD$2);
			const source = this.#window.at(this.#from, some);
			if (source < 0) throw new Damage("the pack ends before it");
			if (arena.from + 8e3 + 512 > arena.to) return false;
			return this.#engine.peek(source, some, arena.from, 8e3) >= 8e3 && kindOf(memory.subarray(arena.from, arena.from + 8e3)) === "binary";
		}
		giveUp(index, why) {
			const { children, siblings } = this.#pack;
			const open = [index];
			for (let one = open.pop(); one !== void 0; one = open.pop()) {
				if (!this.#taker.done(one)) this.#unread.push({
					oid: oidOf(this.#pack.oids, this.#pack.names[one] ?? 0),
					why: one === index ? why : "its base could not be read"
				});
				for (let child = children[one] ?? -1; child >= 0; child = siblings[child] ?? -1) open.push(child);
			}
		}
	};
}));
// src/read/pack/census.ts
function takeCensus(engine, window, job) {
	const wanted = new Set();
	engine.wanted.fill(0);
	for (let at = 0; at < job.wanted.length; at += 20) {
		const oid = Buffer.from(job.wanted.buffer, job.wanted.byteOffset + at, 20);
		const bit = oid.readUInt16LE(0);
		engine.wanted[bit >> 3] = (engine.wanted[bit >> 3] ?? 0) | 1 << (bit & 7);
		wanted.add(oid.toString("latin1"));
	}
	const unread = [];
	const taker = new CensusTaker(engine, wanted, job.kind === "pack" ? job.pack : void 0);
	if (job.kind === "pack") {
		const trees = new Trees(engine, window, job.pack, taker, unread);
		try {
			window.open(job.pack.path, (job.pack.offsets.at(-1) ?? 0) + 1);
			for (let i = job.from; i < job.to; i++) trees.walk(job.pack.roots[i] ?? 0);
		} catch (error) {
			unread.push({
				oid: "",
				why: wordsOf(error)
			});
		}
	} else for (const [index, name] of job.names.entries()) try {
		const loose = readLoose(path.join(job.folder, name), engine, GROUND);
		if (loose) taker.take(loose.kind, index, loose.at, loose.size, void 0);
	} catch (error) {
		unread.push({
			oid: path.basename(job.folder) + name,
			why: wordsOf(error)
		});
	}
	return taker.part(unread);
}
function numberIn(map, text) {
	const known = map.get(text);
	if (known !== void 0) return known;
	map.set(text, map.size);
	return map.size - 1;
}
var CensusTaker, TREE_LINE, PARENT_LINE, DIGITS, Numbers;
var init_census = __esmMin((() => {
	init_damage();
	init_engine();
	init_entries();
	init_forest();
	init_headers();
	init_idx();
	init_loose();
	init_trees();
	CensusTaker = class {
		#engine;
		#wanted;
		#pack;
		#entries = new Numbers();
		#commits = new Numbers();
		#dates = [];
		#names = new Map();
		#others = new Map();
		#oid = Buffer.alloc(20);
		constructor(engine, wanted, pack) {
			this.#engine = engine;
			this.#wanted = wanted;
			this.#pack = pack;
		}
		takes(kind) {
			return kind === 2 || kind === 1;
		}
		done() {
			return false;
		}
		binary() {}
		take(kind, index, at, size, base) {
			if (kind === 1) this.#commit(index, at, size);
			else this.#tree(index, at, size, base);
			return true;
		}
		part(unread) {
			return {
				entries: this.#entries.all(),
				names: [...this.#names.keys()],
				commits: this.#commits.all(),
				dates: new Float64Array(this.#dates),
				others: [...this.#others.keys()],
				unread
			};
		}
		#tree(index, at, size, base) {
			const engine = this.#engine;
			const { entries, memory } = engine;
			engine.differ(base?.at ?? at, base?.size ?? 0, at, size);
			for (let count = 511; count >= 511;) {
				count = engine.differences();
				if (count < 0) throw new Damage(reason(count));
				for (let i = 0; i < 4 * count; i += 4) {
					const kind = entries[i + 3] ?? 0;
					const oid = entries[i + 2] ?? 0;
					const tree = kind === 3 || kind === 1;
					if (!tree && !this.#wanted.has(memory.toString("latin1", oid, oid + 20))) continue;
					const from = entries[i] ?? 0;
					const name = numberIn(this.#names, memory.toString("latin1", from, from + (entries[i + 1] ?? 0)));
					const target = kind === 3 ? this.#find(memory, oid) : kind === 2 ? this.#other(this.#hex(oid)) : -1;
					this.#entries.add(index, 2 * name + Number(tree), target);
				}
			}
		}
		#commit(index, at, size) {
			const { memory } = this.#engine;
			const end = at + size;
			const first = at + 5 + 40 + 1;
			if (first > end || memory.readUInt32BE(at) !== TREE_LINE) throw new Damage("its tree is not named");
			const step = 48;
			let from = first;
			while (from + step <= end && memory.readUInt32BE(from) === PARENT_LINE) from += step;
			this.#commits.add(index, this.#named(at + 5), (from - first) / step);
			for (let parent = first; parent < from; parent += step) this.#commits.push(this.#named(parent + 7));
			this.#dates.push(this.#date(from, end));
		}
		#date(from, end) {
			const { memory } = this.#engine;
			if (memory.toString("latin1", from, from + 6) !== "author") return 0;
			const line = memory.indexOf("\n", from) + 1;
			if (line === 0 || line >= end || memory.toString("latin1", line, line + 9) !== "committer") return 0;
			const close = memory.indexOf("\n", line);
			if (close < 0 || close >= end) return 0;
			const [, seconds] = /> *([0-9]+)/.exec(memory.toString("latin1", line, close)) ?? [];
			return seconds === void 0 ? 0 : Number(seconds);
		}
		#named(at) {
			const { memory } = this.#engine;
			let wrong = 0;
			for (let i = 0; i < 20; i++) {
				const high = DIGITS[memory[at + 2 * i]];
				const low = DIGITS[memory[at + 2 * i + 1]];
				wrong |= high | low;
				this.#oid[i] = high << 4 | low;
			}
			if (wrong > 15) throw new Damage("it names no object where one is due");
			return this.#find(this.#oid, 0);
		}
		#find(bytes, at) {
			const found = this.#pack === void 0 ? -1 : findOid(this.#pack, bytes, at);
			if (found >= 0) return this.#pack?.places[found] ?? 0;
			return this.#other(Buffer.from(bytes.buffer, bytes.byteOffset + at, 20).toString("hex"));
		}
		#other(hex) {
			return -2 - numberIn(this.#others, hex);
		}
		#hex(at) {
			return this.#engine.memory.toString("hex", at, at + 20);
		}
	};
	TREE_LINE = 1953654117;
	PARENT_LINE = 1885434469;
	DIGITS = Uint8Array.from({ length: 256 }, (_, byte) => {
		const digit = "0123456789abcdef".indexOf(String.fromCharCode(byte));
		return digit < 0 ? 255 : digit;
	});
	Numbers = class {
		#room = new Int32Array(4096);
		#length = 0;
		push(one) {
			if (this.#length === this.#room.length) this.#grow();
			this.#room[this.#length++] = one;
		}
		add(a, b, c) {
			if (this.#length + 3 > this.#room.length) this.#grow();
			this.#room[this.#length++] = a;
			this.#room[this.#length++] = b;
			this.#room[this.#length++] = c;
		}
		all() {
			return this.#room.slice(0, this.#length);
		}
		#grow() {
			const grown = new Int32Array(2 * this.#room.length);
			grown.set(this.#room);
			this.#room = grown;
		}
	};
}));
// src/read/pack/follow.ts
function seenOf(kept, far, beaten) {
	const none = Number.POSITIVE_INFINITY;
	let from = Math.min(far[0] ?? none, beaten[0] ?? none, (kept[0]?.start ?? none) - ZONE);
	let to = Math.max(far.at(-1) ?? -1, beaten.at(-1) ?? -1) + 1;
	let longest = 0;
	for (const { start, end } of kept) {
		from = Math.min(from, end - ZONE);
		to = Math.max(to, end + ZONE, start + ZONE);
		longest = Math.max(longest, end - start);
	}
	return {
		kept,
		far,
		beaten,
		from,
		to,
		longest
	};
}
function follow(seen, copied, changed, sizes) {
	const ranges = [...changed];
	const far = [];
	const beaten = [];
	const inherited = [];
	for (const stretch of copied) {
		const { source, target, length } = stretch;
		const shift = target - source;
		const end = source + length;
		const low = source === 0 && target === 0 ? Number.NEGATIVE_INFINITY : source;
		const high = end === sizes.base && target + length === sizes.made ? Number.POSITIVE_INFINITY : end;
		const whole = (from, to) => from >= low && to <= high;
		const again = (from, to) => {
			const a = Math.max(from, source) + shift;
			const b = Math.min(to, end) + shift;
			if (a < b) ranges.push({
				from: a,
				to: b
			});
		};
		for (let i = firstAt(seen.far, source); i < seen.far.length; i++) {
			const anchor = seen.far[i] ?? 0;
			if (anchor >= end) break;
			if (whole(anchor - FAR, anchor + FAR)) far.push(anchor + shift);
			else again(anchor - 2 * ZONE, anchor + 2 * ZONE);
		}
		for (let i = firstAt(seen.beaten, source); i < seen.beaten.length; i++) {
			const anchor = seen.beaten[i] ?? 0;
			if (anchor >= end) break;
			if (whole(anchor - REACH, anchor + REACH)) beaten.push(anchor + shift);
			else again(anchor, anchor + 1);
		}
		for (let i = firstStart(seen.kept, source - ZONE - seen.longest); i < seen.kept.length; i++) {
			const kept = seen.kept[i];
			if (!kept || kept.start >= end + ZONE) break;
			if (kept.end <= source - ZONE) continue;
			const anchors = seen.far.slice(firstAt(seen.far, kept.end - FAR_ZONE), firstAt(seen.far, kept.start + FAR_ZONE));
			if (whole(kept.start, kept.end) && whole(kept.end - ZONE - REACH, kept.start + ZONE + REACH) && anchors.every((anchor) => whole(anchor - FAR, anchor + FAR))) inherited.push({
				finding: kept.finding,
				start: kept.start + shift,
				end: kept.end + shift
			});
			else {
				again(Math.min(kept.start, kept.end - ZONE), Math.max(kept.end, kept.start + ZONE));
				for (const anchor of anchors) again(anchor, anchor + 1);
			}
		}
	}
	const merged = merge(ranges, sizes.made);
	return {
		ranges: merged,
		inherited: inherited.sort((a, b) => a.start - b.start || a.end - b.end),
		far: outside(ascending(far), merged),
		beaten: outside(ascending(beaten), merged)
	};
}
function merge(ranges, size) {
	const merged = [];
	for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
		const from = Math.max(0, range.from);
		const to = Math.min(size, range.to);
		if (from >= to) continue;
		const last = merged.at(-1);
		if (last && from <= last.to) last.to = Math.max(last.to, to);
		else merged.push({
			from,
			to
		});
	}
	return merged;
}
function ascending(numbers) {
	return numbers.sort((a, b) => a - b);
}
function outside(anchors, ranges) {
	let next = 0;
	return anchors.filter((anchor) => {
		while (next < ranges.length && (ranges[next]?.to ?? 0) <= anchor) next++;
		return anchor < (ranges[next]?.from ?? Number.POSITIVE_INFINITY);
	});
}
function firstAt(anchors, from) {
	return search$1(anchors.length, (i) => (anchors[i] ?? 0) < from);
}
function firstStart(kept, from) {
	return search$1(kept.length, (i) => (kept[i]?.start ?? 0) < from);
}
function search$1(length, below) {
	let low = 0;
	let high = length;
	while (low < high) {
		const middle = low + high >>> 1;
		if (below(middle)) low = middle + 1;
		else high = middle;
	}
	return low;
}
var LITERAL, ZONE, AROUND, REACH, FAR, FAR_ZONE, NOTHING;
var init_follow = __esmMin((() => {
	init_model();
	LITERAL = 64;
	ZONE = 512 + LITERAL;
	AROUND = 512 + LITERAL;
	REACH = 1536 + LITERAL;
	FAR = 2 * CONTEXT + 512 + LITERAL;
	FAR_ZONE = CONTEXT + LITERAL;
	NOTHING = {
		kept: [],
		far: [],
		beaten: [],
		from: 0,
		to: 0,
		longest: 0
	};
}));
// src/read/pack/spans.ts
function spansIn(text, newlines) {
	let line = 1;
	let counted = 0;
	return ({ start, end }) => {
		if (start > counted) {
			const last = text.subarray(counted, start).lastIndexOf(NEWLINE$1);
			if (last >= 0) {
				line += newlines(text.subarray(counted, counted + last + 1));
				counted += last + 1;
			}
		}
		let endLine = line;
		for (let at = text.indexOf(NEWLINE$1, start); at >= 0 && at < end - 1; at = text.indexOf(NEWLINE$1, at + 1)) endLine++;
		const column = 1 + lenient.decode(text.subarray(counted, start)).length;
		return {
			start,
			end,
			line,
			column,
			endLine
		};
	};
}
var NEWLINE$1, lenient;
var init_spans = __esmMin((() => {
	NEWLINE$1 = 10;
	lenient = new TextDecoder("utf-8", { ignoreBOM: true });
}));
// src/read/pack/showing.ts
function once(make) {
	let made;
	return () => {
		made ??= make();
		return made;
	};
}
function placeOf({ finding, start, end }) {
	return `${start} ${end} ${finding.rule.id}`;
}
function byStart(a, b) {
	return a.start - b.start || a.end - b.end;
}
var STEP, NEWLINE, Showing, ObjectChunk;
var init_showing = __esmMin((() => {
	init_model();
	init_text();
	init_follow();
	init_headers();
	init_spans();
	STEP = 128;
	NEWLINE = 10;
	Showing = class {
		#engine;
		#sink;
		#repository;
		#key = new FingerprintKey(randomBytes(16));
		#newlines;
		#bytes = 0;
		#blobs = 0;
		#commits = 0;
		#binary = 0;
		#steps = 0;
		constructor(engine, sink, repository) {
			this.#engine = engine;
			this.#sink = sink;
			this.#repository = repository;
			this.#newlines = (bytes) => engine.newlines(bytes.byteOffset - engine.memory.byteOffset, bytes.length);
		}
		#count(kind, size) {
			this.#bytes += size;
			if (kind === 3) this.#blobs += 1;
			else if (kind === 1) this.#commits += 1;
			this.#steps += 1;
			if (this.#steps >= STEP) this.flush();
		}
		flush() {
			if (this.#steps === 0) return;
			const step = {
				bytes: this.#bytes,
				blobs: this.#blobs,
				commits: this.#commits,
				binary: this.#binary
			};
			this.#bytes = 0;
			this.#blobs = 0;
			this.#commits = 0;
			this.#binary = 0;
			this.#steps = 0;
			this.#sink.advance(step);
		}
		binary(size) {
			this.#binary += 1;
			this.#count(3, size);
		}
		show(kind, nameOf, at, size, before) {
			this.#count(kind, size);
			if (kind !== 3) {
				this.#message(kind, nameOf, at, size);
				return;
			}
			const originOf = once(() => ({
				kind: "blob",
				repository: this.#repository,
				oid: nameOf()
			}));
			return this.#text(originOf, at, size, before);
		}
		#message(kind, nameOf, at, size) {
			const { memory } = this.#engine;
			let head = memory.indexOf(NEWLINE, at);
			while (head >= 0 && head < at + size && memory[head + 1] !== NEWLINE) head = memory.indexOf(NEWLINE, head + 1);
			if (head < 0 || head + 2 >= at + size) return;
			const of = kind === 1 ? "commit" : "tag";
			const originOf = once(() => ({
				kind: "message",
				repository: this.#repository,
				oid: nameOf(),
				of
			}));
			this.#text(originOf, head + 2, at + size - head - 2, void 0);
		}
		#text(originOf, at, size, before) {
			if (size === 0) return NOTHING;
			const { memory } = this.#engine;
			if ((memory[at] ?? 0) >= 254 || this.#engine.nul(at, Math.min(8e3, size))) {
				const bytes = memory.subarray(at, at + size);
				const kind = kindOf(bytes);
				switch (kind) {
					case "binary":
						this.#binary += 1;
						return;
					case "utf-16le":
					case "utf-16be":
						this.#whole(originOf, decodeWhole(bytes, kind));
						return;
				}
			}
			const bytes = new Uint8Array(memory.buffer, memory.byteOffset + at, size);
			return before ? this.#changes(originOf, bytes, before) : this.#whole(originOf, bytes);
		}
		#whole(originOf, bytes) {
			if (bytes.length === 0) return NOTHING;
			return this.#look(originOf, bytes, [{
				from: 0,
				to: bytes.length
			}]);
		}
		#look(originOf, bytes, ranges) {
			const { findings, far, beaten } = this.#sink.look(new ObjectChunk(originOf, bytes, ranges));
			if (findings.length === 0 && far.length === 0 && beaten === void 0) return NOTHING;
			return seenOf(findings.map((finding) => ({
				finding,
				start: finding.span.start,
				end: finding.span.end
			})).sort(byStart), far, beaten ?? []);
		}
		#changes(originOf, bytes, before) {
			const changed = [];
			const { ranges } = this.#engine;
			for (let i = 0; i < 2 * before.changes; i += 2) changed.push({
				from: ranges[i] ?? 0,
				to: ranges[i + 1] ?? 0
			});
			const { seen } = before;
			if (seen === NOTHING) return changed.length > 0 ? this.#look(originOf, bytes, changed) : NOTHING;
			const sizes = {
				base: before.size,
				made: bytes.length
			};
			return this.#inherit(originOf, bytes, follow(seen, before.copied(seen.from, seen.to), changed, sizes));
		}
		#inherit(originOf, bytes, { ranges, inherited, far, beaten }) {
			const looked = ranges.length > 0 ? this.#look(originOf, bytes, ranges) : NOTHING;
			const spanOf = spansIn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), this.#newlines);
			const again = Map.groupBy(looked.kept, placeOf);
			const kept = [];
			for (const one of inherited) {
				if (again.get(placeOf(one))?.some((other) => this.#equal(one.finding, other.finding))) continue;
				kept.push(one);
				this.#sink.inherit(one.finding, originOf(), spanOf(one));
			}
			if (kept.length === 0 && far.length === 0 && beaten.length === 0) return looked;
			return seenOf([...looked.kept, ...kept].sort(byStart), [...looked.far, ...far].sort((a, b) => a - b), [...looked.beaten, ...beaten].sort((a, b) => a - b));
		}
		#equal(a, b) {
			return this.#key.fingerprint(a.secret) === this.#key.fingerprint(b.secret);
		}
	};
	ObjectChunk = class {
		bytes;
		ranges;
		offset = 0;
		line = 1;
		column = 1;
		#originOf;
		constructor(originOf, bytes, ranges) {
			this.#originOf = originOf;
			this.bytes = bytes;
			this.ranges = ranges;
		}
		get origin() {
			return this.#originOf();
		}
	};
}));
// src/read/pack/text-of.ts
var TextOf;
var init_text_of = __esmMin((() => {
	init_delta();
	init_follow();
	init_headers();
	init_plan();
	TextOf = class {
		delta = {
			at: 0,
			length: 0,
			changes: 0
		};
		#pack;
		#showing;
		#before;
		constructor(engine, pack, showing) {
			this.#pack = pack;
			this.#showing = showing;
			this.#before = {
				seen: NOTHING,
				size: 0,
				changes: 0,
				copied: (from, to) => copiedBy(engine.memory.subarray(this.delta.at, this.delta.at + this.delta.length), from, to)
			};
		}
		takes(kind) {
			return kind === 3 || kind === 1 || kind === 4;
		}
		done(index) {
			return this.#pack.shown[index] === 1;
		}
		binary(size) {
			this.#showing.binary(size);
		}
		take(kind, index, at, size, base) {
			let before;
			if (base?.made) {
				before = this.#before;
				this.#before.seen = base.made;
				this.#before.size = base.size;
				this.#before.changes = this.delta.changes;
			}
			const { oids, names } = this.#pack;
			return this.#showing.show(kind, () => oidOf(oids, names[index] ?? 0), at, size, before);
		}
	};
}));
// src/read/pack/jobs.ts
var ARENA, PAGES, JobReader;
var init_jobs = __esmMin((() => {
	init_census();
	init_damage();
	init_engine();
	init_follow();
	init_loose();
	init_showing();
	init_text_of();
	init_trees();
	init_window();
	ARENA = 100663296;
	PAGES = 2400;
	JobReader = class {
		#engine;
		#window;
		#options;
		constructor(options) {
			this.#options = options;
			this.#engine = createEngine({
				arena: options.arena ?? ARENA,
				pages: windowBytes(options.pages ?? PAGES),
				near: AROUND,
				...options.engine === void 0 ? {} : { kind: options.engine }
			});
			this.#window = new Window(this.#engine.memory, this.#engine.pages);
		}
		run(job) {
			const unread = [];
			const showing = new Showing(this.#engine, this.#options.sink, this.#options.repository);
			switch (job.kind) {
				case "pack":
					this.#pack(job, showing, unread);
					break;
				case "loose": this.#loose(job, showing, unread);
			}
			showing.flush();
			return unread;
		}
		census(job) {
			this.#options.signal?.throwIfAborted();
			return takeCensus(this.#engine, this.#window, job);
		}
		close() {
			this.#window.close();
		}
		#pack({ pack, from, to }, showing, unread) {
			const text = new TextOf(this.#engine, pack, showing);
			const trees = new Trees(this.#engine, this.#window, pack, text, unread);
			text.delta = trees.delta;
			let fault;
			try {
				this.#window.open(pack.path, (pack.offsets.at(-1) ?? 0) + 1);
			} catch (error) {
				fault = wordsOf(error);
			}
			for (let i = from; i < to; i++) {
				const root = pack.roots[i] ?? 0;
				this.#options.signal?.throwIfAborted();
				if (fault === void 0) trees.walk(root);
				else trees.giveUp(root, fault);
			}
		}
		#loose({ folder, names }, showing, unread) {
			for (const name of names) {
				this.#options.signal?.throwIfAborted();
				const oid = path.basename(folder) + name;
				try {
					const loose = readLoose(path.join(folder, name), this.#engine);
					if (loose) showing.show(loose.kind, () => oid, loose.at, loose.size, void 0);
				} catch (error) {
					unread.push({
						oid,
						why: wordsOf(error)
					});
				}
			}
		}
	};
}));
// src/read/pack/registry.ts
var init_registry = __esmMin((() => {
	init_plan();
}));
// src/read/pack/census-plan.ts
var init_census_plan = __esmMin((() => {
	init_forest();
	init_headers();
	init_loose();
	init_plan();
	init_registry();
	init_store();
}));
// src/read/pack/index.ts
var init_pack = __esmMin((() => {
	init_jobs();
	init_plan();
	init_census();
	init_census_plan();
	init_units();
}));
// src/read/known-places.ts
var init_known_places = __esmMin((() => {
	init_pack();
}));
// src/read/log.ts
var init_log = __esmMin((() => {
	init_git();
	init_path();
}));
// src/read/object-looker.ts
var init_object_looker = __esmMin((() => {
	init_text();
}));
// src/read/messages.ts
var init_messages = __esmMin((() => {
	init_git();
	init_object_looker();
}));
// src/read/reach.ts
var init_reach = __esmMin((() => {
	init_git();
	init_remote();
}));
// src/read/repository.ts
var init_repository = __esmMin((() => {
	init_model();
	init_git();
}));
// src/read/every-object.ts
var init_every_object = __esmMin((() => {
	init_git();
	init_object_looker();
	init_repository();
}));
// src/read/commits.ts
var init_commits$1 = __esmMin((() => {
	init_model();
	init_every_object();
	init_git();
	init_object_looker();
	init_repository();
}));
// src/read/whence/commits.ts
var init_commits = __esmMin((() => {
	init_pack();
}));
// src/read/whence/folders.ts
var init_folders = __esmMin((() => {
	init_pack();
}));
// src/read/whence/index.ts
var init_whence = __esmMin((() => {
	init_commits$1();
	init_git();
	init_pack();
	init_path();
	init_commits();
	init_folders();
}));
// src/read/locate.ts
var init_locate = __esmMin((() => {
	init_head();
	init_known_places();
	init_log();
	init_messages();
	init_reach();
	init_remote();
	init_whence();
}));
// src/read/github/index.ts
var init_github = __esmMin((() => {
	init_names();
	init_target();
}));
// src/read/hosts.ts
var init_hosts = __esmMin((() => {
	init_remote();
}));
var init_folder = __esmMin((() => {
	init_file();
	init_path();
	Buffer.from("/");
	Buffer.from(".git");
	[
		"HEAD",
		"objects",
		"refs"
	].map((name) => Buffer.from(name));
}));
// src/read/history.ts
var init_history = __esmMin((() => {
	init_every_object();
	init_git();
	init_object_looker();
	init_pack();
	init_repository();
}));
// src/read/locator.ts
var init_locator = __esmMin((() => {
	init_git();
	init_locate();
	init_repository();
}));
// src/read/stream.ts
var init_stream = __esmMin((() => {
	init_form();
	init_text();
}));
// src/read/worktree.ts
var init_worktree = __esmMin((() => {
	init_model();
	init_folder();
	init_git();
	init_path();
	init_repository();
}));
// src/read/plain-reader.ts
var init_plain_reader = __esmMin((() => {
	init_files();
	init_folder();
	init_history();
	init_locator();
	init_stream();
	init_worktree();
}));
// src/read/staged.ts
var init_staged = __esmMin((() => {
	init_model();
	init_every_object();
	init_git();
	init_object_looker();
	init_path();
	init_repository();
}));
// src/read/repository-reader.ts
var init_repository_reader = __esmMin((() => {
	init_model();
	init_commits$1();
	init_every_object();
	init_files();
	init_folder();
	init_git();
	init_history();
	init_locator();
	init_object_looker();
	init_repository();
	init_staged();
	init_worktree();
}));
// src/read/open.ts
var init_open = __esmMin((() => {
	init_model();
	init_clone();
	init_github();
	init_plain_reader();
	init_remote();
	init_repository();
	init_repository_reader();
}));
// src/read/index.ts
var init_read = __esmMin((() => {
	init_clone();
	init_files();
	init_git();
	init_github();
	init_hosts();
	init_open();
	init_pack();
	init_range();
}));
// src/model/handover.ts
var init_handover = __esmMin((() => {
	init_secret();
}));
// src/find/batch.ts
function packed(finding) {
	return {
		...finding,
		secret: packSecret(finding.secret),
		parts: each(finding.parts, packSecret)
	};
}
function each(record, change) {
	return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
var Gathering;
var init_batch = __esmMin((() => {
	init_handover();
	init_read();
	Gathering = class {
		#numbers = new Map();
		#findings = [];
		#sightings = [];
		#skipped = [];
		#step = {
			bytes: 0,
			files: 0,
			blobs: 0,
			commits: 0,
			binary: 0
		};
		add(finding, origin, span) {
			let of = this.#numbers.get(finding);
			if (of === void 0) {
				of = this.#findings.push(packed(finding)) - 1;
				this.#numbers.set(finding, of);
			}
			this.#sightings.push({
				of,
				origin,
				span
			});
		}
		skip(skipped) {
			this.#skipped.push(skipped);
		}
		advance(step) {
			this.#step.bytes += step.bytes ?? 0;
			this.#step.files += step.files ?? 0;
			this.#step.blobs += step.blobs ?? 0;
			this.#step.commits += step.commits ?? 0;
			this.#step.binary += step.binary ?? 0;
		}
		batch(unread, told) {
			return {
				...told === void 0 ? {} : { told },
				findings: this.#findings,
				sightings: this.#sightings,
				skipped: this.#skipped,
				step: this.#step,
				unread
			};
		}
	};
}));
// src/find/work.ts
var work_exports = __exportAll({});
function history({ repository: name, job }) {
	if (reader === void 0 || repository !== name) {
		reader?.close();
		repository = name;
		reader = new JobReader({
			repository: name,
			sink
		});
	}
	const unread = reader.run(job);
	return gathering.batch(unread);
}
function census({ job }) {
	reader ??= new JobReader({
		repository: "",
		sink
	});
	return {
		...gathering.batch([]),
		census: reader.census(job)
	};
}
async function batchOf(task) {
	switch (task.kind) {
		case "history": return history(task);
		case "census": return census(task);
		case "files":
		case "range": return gathering.batch([], await runFileJob(task, sink));
	}
}
async function work({ number, task }) {
	gathering = new Gathering();
	try {
		return {
			kind: "done",
			number,
			batch: await batchOf(task)
		};
	} catch (error) {
		return {
			kind: "failed",
			number,
			why: error instanceof Error ? error.stack ?? error.message : "no reason given"
		};
	}
}
var rules, outlines, search, detector, gathering, reader, repository, sink;
var init_work = __esmMin((() => {
	init_detect();
	init_read();
	init_batch();
	({rules, outlines, search} = workerData);
	detector = createDetector(withSearch(withOutlines(rules, outlines), search));
	gathering = new Gathering();
	sink = {
		look(chunk) {
			const looked = detector.look(chunk);
			for (const finding of looked.findings) gathering.add(finding, finding.origin, finding.span);
			return looked;
		},
		inherit: (finding, origin, span) => gathering.add(finding, origin, span),
		skip: (skipped) => gathering.skip(skipped),
		advance: (step) => gathering.advance(step)
	};
	parentPort?.on("message", (order) => {
		work(order).then((answer) => parentPort?.postMessage(answer));
	});
}));
// src/find/worker.ts
module$1.enableCompileCache?.();
await Promise.resolve().then(() => (init_work(), work_exports));
export {};
