//! Poseidon2 over the BN254 scalar field as arithmetic circuits: MIST's two hashes.
//!
//! Written by tests/devtools/poseidon2_cairo.py, which says where parameters and keys come from.
//! hash2(a, b) is lane 1 of the permutation of (a, b), plus b; hash3(a, b, c) lane 0, plus a.

use core::circuit::{
    AddInputResultTrait, CircuitElement, CircuitInput, CircuitInputs, CircuitModulus,
    CircuitOutputsTrait, EvalCircuitTrait, circuit_add, circuit_mul, u384,
};

/// The field's order.
pub const FIELD: u256 = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001;

/// Panics unless the number is an element of the field: another would hash as one that is.
pub fn element(value: u256) {
    assert(value < FIELD, 'not a field element');
}

/// Of two elements.
pub fn hash2(a: u256, b: u256) -> u256 {
    let i0 = CircuitElement::<CircuitInput<0>> {};
    let i1 = CircuitElement::<CircuitInput<1>> {};
    let i2 = CircuitElement::<CircuitInput<2>> {};
    let i3 = CircuitElement::<CircuitInput<3>> {};
    let i4 = CircuitElement::<CircuitInput<4>> {};
    let i5 = CircuitElement::<CircuitInput<5>> {};
    let i6 = CircuitElement::<CircuitInput<6>> {};
    let i7 = CircuitElement::<CircuitInput<7>> {};
    let i8 = CircuitElement::<CircuitInput<8>> {};
    let i9 = CircuitElement::<CircuitInput<9>> {};
    let i10 = CircuitElement::<CircuitInput<10>> {};
    let i11 = CircuitElement::<CircuitInput<11>> {};
    let i12 = CircuitElement::<CircuitInput<12>> {};
    let i13 = CircuitElement::<CircuitInput<13>> {};
    let i14 = CircuitElement::<CircuitInput<14>> {};
    let i15 = CircuitElement::<CircuitInput<15>> {};
    let i16 = CircuitElement::<CircuitInput<16>> {};
    let i17 = CircuitElement::<CircuitInput<17>> {};
    let i18 = CircuitElement::<CircuitInput<18>> {};
    let i19 = CircuitElement::<CircuitInput<19>> {};
    let i20 = CircuitElement::<CircuitInput<20>> {};
    let i21 = CircuitElement::<CircuitInput<21>> {};
    let i22 = CircuitElement::<CircuitInput<22>> {};
    let i23 = CircuitElement::<CircuitInput<23>> {};
    let i24 = CircuitElement::<CircuitInput<24>> {};
    let i25 = CircuitElement::<CircuitInput<25>> {};
    let i26 = CircuitElement::<CircuitInput<26>> {};
    let i27 = CircuitElement::<CircuitInput<27>> {};
    let i28 = CircuitElement::<CircuitInput<28>> {};
    let i29 = CircuitElement::<CircuitInput<29>> {};
    let i30 = CircuitElement::<CircuitInput<30>> {};
    let i31 = CircuitElement::<CircuitInput<31>> {};
    let i32 = CircuitElement::<CircuitInput<32>> {};
    let i33 = CircuitElement::<CircuitInput<33>> {};
    let i34 = CircuitElement::<CircuitInput<34>> {};
    let i35 = CircuitElement::<CircuitInput<35>> {};
    let i36 = CircuitElement::<CircuitInput<36>> {};
    let i37 = CircuitElement::<CircuitInput<37>> {};
    let i38 = CircuitElement::<CircuitInput<38>> {};
    let i39 = CircuitElement::<CircuitInput<39>> {};
    let i40 = CircuitElement::<CircuitInput<40>> {};
    let i41 = CircuitElement::<CircuitInput<41>> {};
    let i42 = CircuitElement::<CircuitInput<42>> {};
    let i43 = CircuitElement::<CircuitInput<43>> {};
    let i44 = CircuitElement::<CircuitInput<44>> {};
    let i45 = CircuitElement::<CircuitInput<45>> {};
    let i46 = CircuitElement::<CircuitInput<46>> {};
    let i47 = CircuitElement::<CircuitInput<47>> {};
    let i48 = CircuitElement::<CircuitInput<48>> {};
    let i49 = CircuitElement::<CircuitInput<49>> {};
    let i50 = CircuitElement::<CircuitInput<50>> {};
    let i51 = CircuitElement::<CircuitInput<51>> {};
    let i52 = CircuitElement::<CircuitInput<52>> {};
    let i53 = CircuitElement::<CircuitInput<53>> {};
    let i54 = CircuitElement::<CircuitInput<54>> {};
    let i55 = CircuitElement::<CircuitInput<55>> {};
    let i56 = CircuitElement::<CircuitInput<56>> {};
    let i57 = CircuitElement::<CircuitInput<57>> {};
    let i58 = CircuitElement::<CircuitInput<58>> {};
    let i59 = CircuitElement::<CircuitInput<59>> {};
    let i60 = CircuitElement::<CircuitInput<60>> {};
    let i61 = CircuitElement::<CircuitInput<61>> {};
    let i62 = CircuitElement::<CircuitInput<62>> {};
    let i63 = CircuitElement::<CircuitInput<63>> {};
    let g0 = circuit_add(i0, i1);
    let g1 = circuit_add(g0, i0);
    let g2 = circuit_add(g0, i1);
    let g3 = circuit_add(g1, i2);
    let g4 = circuit_mul(g3, g3);
    let g5 = circuit_mul(g4, g4);
    let g6 = circuit_mul(g5, g3);
    let g7 = circuit_add(g2, i3);
    let g8 = circuit_mul(g7, g7);
    let g9 = circuit_mul(g8, g8);
    let g10 = circuit_mul(g9, g7);
    let g11 = circuit_add(g6, g10);
    let g12 = circuit_add(g11, g6);
    let g13 = circuit_add(g11, g10);
    let g14 = circuit_add(g12, i4);
    let g15 = circuit_mul(g14, g14);
    let g16 = circuit_mul(g15, g15);
    let g17 = circuit_mul(g16, g14);
    let g18 = circuit_add(g13, i5);
    let g19 = circuit_mul(g18, g18);
    let g20 = circuit_mul(g19, g19);
    let g21 = circuit_mul(g20, g18);
    let g22 = circuit_add(g17, g21);
    let g23 = circuit_add(g22, g17);
    let g24 = circuit_add(g22, g21);
    let g25 = circuit_add(g23, i6);
    let g26 = circuit_mul(g25, g25);
    let g27 = circuit_mul(g26, g26);
    let g28 = circuit_mul(g27, g25);
    let g29 = circuit_add(g24, i7);
    let g30 = circuit_mul(g29, g29);
    let g31 = circuit_mul(g30, g30);
    let g32 = circuit_mul(g31, g29);
    let g33 = circuit_add(g28, g32);
    let g34 = circuit_add(g33, g28);
    let g35 = circuit_add(g33, g32);
    let g36 = circuit_add(g34, i8);
    let g37 = circuit_mul(g36, g36);
    let g38 = circuit_mul(g37, g37);
    let g39 = circuit_mul(g38, g36);
    let g40 = circuit_add(g39, g35);
    let g41 = circuit_add(g40, g39);
    let g42 = circuit_add(g40, g35);
    let g43 = circuit_add(g42, g35);
    let g44 = circuit_add(g41, i9);
    let g45 = circuit_mul(g44, g44);
    let g46 = circuit_mul(g45, g45);
    let g47 = circuit_mul(g46, g44);
    let g48 = circuit_add(g47, g43);
    let g49 = circuit_add(g48, g47);
    let g50 = circuit_add(g48, g43);
    let g51 = circuit_add(g50, g43);
    let g52 = circuit_add(g49, i10);
    let g53 = circuit_mul(g52, g52);
    let g54 = circuit_mul(g53, g53);
    let g55 = circuit_mul(g54, g52);
    let g56 = circuit_add(g55, g51);
    let g57 = circuit_add(g56, g55);
    let g58 = circuit_add(g56, g51);
    let g59 = circuit_add(g58, g51);
    let g60 = circuit_add(g57, i11);
    let g61 = circuit_mul(g60, g60);
    let g62 = circuit_mul(g61, g61);
    let g63 = circuit_mul(g62, g60);
    let g64 = circuit_add(g63, g59);
    let g65 = circuit_add(g64, g63);
    let g66 = circuit_add(g64, g59);
    let g67 = circuit_add(g66, g59);
    let g68 = circuit_add(g65, i12);
    let g69 = circuit_mul(g68, g68);
    let g70 = circuit_mul(g69, g69);
    let g71 = circuit_mul(g70, g68);
    let g72 = circuit_add(g71, g67);
    let g73 = circuit_add(g72, g71);
    let g74 = circuit_add(g72, g67);
    let g75 = circuit_add(g74, g67);
    let g76 = circuit_add(g73, i13);
    let g77 = circuit_mul(g76, g76);
    let g78 = circuit_mul(g77, g77);
    let g79 = circuit_mul(g78, g76);
    let g80 = circuit_add(g79, g75);
    let g81 = circuit_add(g80, g79);
    let g82 = circuit_add(g80, g75);
    let g83 = circuit_add(g82, g75);
    let g84 = circuit_add(g81, i14);
    let g85 = circuit_mul(g84, g84);
    let g86 = circuit_mul(g85, g85);
    let g87 = circuit_mul(g86, g84);
    let g88 = circuit_add(g87, g83);
    let g89 = circuit_add(g88, g87);
    let g90 = circuit_add(g88, g83);
    let g91 = circuit_add(g90, g83);
    let g92 = circuit_add(g89, i15);
    let g93 = circuit_mul(g92, g92);
    let g94 = circuit_mul(g93, g93);
    let g95 = circuit_mul(g94, g92);
    let g96 = circuit_add(g95, g91);
    let g97 = circuit_add(g96, g95);
    let g98 = circuit_add(g96, g91);
    let g99 = circuit_add(g98, g91);
    let g100 = circuit_add(g97, i16);
    let g101 = circuit_mul(g100, g100);
    let g102 = circuit_mul(g101, g101);
    let g103 = circuit_mul(g102, g100);
    let g104 = circuit_add(g103, g99);
    let g105 = circuit_add(g104, g103);
    let g106 = circuit_add(g104, g99);
    let g107 = circuit_add(g106, g99);
    let g108 = circuit_add(g105, i17);
    let g109 = circuit_mul(g108, g108);
    let g110 = circuit_mul(g109, g109);
    let g111 = circuit_mul(g110, g108);
    let g112 = circuit_add(g111, g107);
    let g113 = circuit_add(g112, g111);
    let g114 = circuit_add(g112, g107);
    let g115 = circuit_add(g114, g107);
    let g116 = circuit_add(g113, i18);
    let g117 = circuit_mul(g116, g116);
    let g118 = circuit_mul(g117, g117);
    let g119 = circuit_mul(g118, g116);
    let g120 = circuit_add(g119, g115);
    let g121 = circuit_add(g120, g119);
    let g122 = circuit_add(g120, g115);
    let g123 = circuit_add(g122, g115);
    let g124 = circuit_add(g121, i19);
    let g125 = circuit_mul(g124, g124);
    let g126 = circuit_mul(g125, g125);
    let g127 = circuit_mul(g126, g124);
    let g128 = circuit_add(g127, g123);
    let g129 = circuit_add(g128, g127);
    let g130 = circuit_add(g128, g123);
    let g131 = circuit_add(g130, g123);
    let g132 = circuit_add(g129, i20);
    let g133 = circuit_mul(g132, g132);
    let g134 = circuit_mul(g133, g133);
    let g135 = circuit_mul(g134, g132);
    let g136 = circuit_add(g135, g131);
    let g137 = circuit_add(g136, g135);
    let g138 = circuit_add(g136, g131);
    let g139 = circuit_add(g138, g131);
    let g140 = circuit_add(g137, i21);
    let g141 = circuit_mul(g140, g140);
    let g142 = circuit_mul(g141, g141);
    let g143 = circuit_mul(g142, g140);
    let g144 = circuit_add(g143, g139);
    let g145 = circuit_add(g144, g143);
    let g146 = circuit_add(g144, g139);
    let g147 = circuit_add(g146, g139);
    let g148 = circuit_add(g145, i22);
    let g149 = circuit_mul(g148, g148);
    let g150 = circuit_mul(g149, g149);
    let g151 = circuit_mul(g150, g148);
    let g152 = circuit_add(g151, g147);
    let g153 = circuit_add(g152, g151);
    let g154 = circuit_add(g152, g147);
    let g155 = circuit_add(g154, g147);
    let g156 = circuit_add(g153, i23);
    let g157 = circuit_mul(g156, g156);
    let g158 = circuit_mul(g157, g157);
    let g159 = circuit_mul(g158, g156);
    let g160 = circuit_add(g159, g155);
    let g161 = circuit_add(g160, g159);
    let g162 = circuit_add(g160, g155);
    let g163 = circuit_add(g162, g155);
    let g164 = circuit_add(g161, i24);
    let g165 = circuit_mul(g164, g164);
    let g166 = circuit_mul(g165, g165);
    let g167 = circuit_mul(g166, g164);
    let g168 = circuit_add(g167, g163);
    let g169 = circuit_add(g168, g167);
    let g170 = circuit_add(g168, g163);
    let g171 = circuit_add(g170, g163);
    let g172 = circuit_add(g169, i25);
    let g173 = circuit_mul(g172, g172);
    let g174 = circuit_mul(g173, g173);
    let g175 = circuit_mul(g174, g172);
    let g176 = circuit_add(g175, g171);
    let g177 = circuit_add(g176, g175);
    let g178 = circuit_add(g176, g171);
    let g179 = circuit_add(g178, g171);
    let g180 = circuit_add(g177, i26);
    let g181 = circuit_mul(g180, g180);
    let g182 = circuit_mul(g181, g181);
    let g183 = circuit_mul(g182, g180);
    let g184 = circuit_add(g183, g179);
    let g185 = circuit_add(g184, g183);
    let g186 = circuit_add(g184, g179);
    let g187 = circuit_add(g186, g179);
    let g188 = circuit_add(g185, i27);
    let g189 = circuit_mul(g188, g188);
    let g190 = circuit_mul(g189, g189);
    let g191 = circuit_mul(g190, g188);
    let g192 = circuit_add(g191, g187);
    let g193 = circuit_add(g192, g191);
    let g194 = circuit_add(g192, g187);
    let g195 = circuit_add(g194, g187);
    let g196 = circuit_add(g193, i28);
    let g197 = circuit_mul(g196, g196);
    let g198 = circuit_mul(g197, g197);
    let g199 = circuit_mul(g198, g196);
    let g200 = circuit_add(g199, g195);
    let g201 = circuit_add(g200, g199);
    let g202 = circuit_add(g200, g195);
    let g203 = circuit_add(g202, g195);
    let g204 = circuit_add(g201, i29);
    let g205 = circuit_mul(g204, g204);
    let g206 = circuit_mul(g205, g205);
    let g207 = circuit_mul(g206, g204);
    let g208 = circuit_add(g207, g203);
    let g209 = circuit_add(g208, g207);
    let g210 = circuit_add(g208, g203);
    let g211 = circuit_add(g210, g203);
    let g212 = circuit_add(g209, i30);
    let g213 = circuit_mul(g212, g212);
    let g214 = circuit_mul(g213, g213);
    let g215 = circuit_mul(g214, g212);
    let g216 = circuit_add(g215, g211);
    let g217 = circuit_add(g216, g215);
    let g218 = circuit_add(g216, g211);
    let g219 = circuit_add(g218, g211);
    let g220 = circuit_add(g217, i31);
    let g221 = circuit_mul(g220, g220);
    let g222 = circuit_mul(g221, g221);
    let g223 = circuit_mul(g222, g220);
    let g224 = circuit_add(g223, g219);
    let g225 = circuit_add(g224, g223);
    let g226 = circuit_add(g224, g219);
    let g227 = circuit_add(g226, g219);
    let g228 = circuit_add(g225, i32);
    let g229 = circuit_mul(g228, g228);
    let g230 = circuit_mul(g229, g229);
    let g231 = circuit_mul(g230, g228);
    let g232 = circuit_add(g231, g227);
    let g233 = circuit_add(g232, g231);
    let g234 = circuit_add(g232, g227);
    let g235 = circuit_add(g234, g227);
    let g236 = circuit_add(g233, i33);
    let g237 = circuit_mul(g236, g236);
    let g238 = circuit_mul(g237, g237);
    let g239 = circuit_mul(g238, g236);
    let g240 = circuit_add(g239, g235);
    let g241 = circuit_add(g240, g239);
    let g242 = circuit_add(g240, g235);
    let g243 = circuit_add(g242, g235);
    let g244 = circuit_add(g241, i34);
    let g245 = circuit_mul(g244, g244);
    let g246 = circuit_mul(g245, g245);
    let g247 = circuit_mul(g246, g244);
    let g248 = circuit_add(g247, g243);
    let g249 = circuit_add(g248, g247);
    let g250 = circuit_add(g248, g243);
    let g251 = circuit_add(g250, g243);
    let g252 = circuit_add(g249, i35);
    let g253 = circuit_mul(g252, g252);
    let g254 = circuit_mul(g253, g253);
    let g255 = circuit_mul(g254, g252);
    let g256 = circuit_add(g255, g251);
    let g257 = circuit_add(g256, g255);
    let g258 = circuit_add(g256, g251);
    let g259 = circuit_add(g258, g251);
    let g260 = circuit_add(g257, i36);
    let g261 = circuit_mul(g260, g260);
    let g262 = circuit_mul(g261, g261);
    let g263 = circuit_mul(g262, g260);
    let g264 = circuit_add(g263, g259);
    let g265 = circuit_add(g264, g263);
    let g266 = circuit_add(g264, g259);
    let g267 = circuit_add(g266, g259);
    let g268 = circuit_add(g265, i37);
    let g269 = circuit_mul(g268, g268);
    let g270 = circuit_mul(g269, g269);
    let g271 = circuit_mul(g270, g268);
    let g272 = circuit_add(g271, g267);
    let g273 = circuit_add(g272, g271);
    let g274 = circuit_add(g272, g267);
    let g275 = circuit_add(g274, g267);
    let g276 = circuit_add(g273, i38);
    let g277 = circuit_mul(g276, g276);
    let g278 = circuit_mul(g277, g277);
    let g279 = circuit_mul(g278, g276);
    let g280 = circuit_add(g279, g275);
    let g281 = circuit_add(g280, g279);
    let g282 = circuit_add(g280, g275);
    let g283 = circuit_add(g282, g275);
    let g284 = circuit_add(g281, i39);
    let g285 = circuit_mul(g284, g284);
    let g286 = circuit_mul(g285, g285);
    let g287 = circuit_mul(g286, g284);
    let g288 = circuit_add(g287, g283);
    let g289 = circuit_add(g288, g287);
    let g290 = circuit_add(g288, g283);
    let g291 = circuit_add(g290, g283);
    let g292 = circuit_add(g289, i40);
    let g293 = circuit_mul(g292, g292);
    let g294 = circuit_mul(g293, g293);
    let g295 = circuit_mul(g294, g292);
    let g296 = circuit_add(g295, g291);
    let g297 = circuit_add(g296, g295);
    let g298 = circuit_add(g296, g291);
    let g299 = circuit_add(g298, g291);
    let g300 = circuit_add(g297, i41);
    let g301 = circuit_mul(g300, g300);
    let g302 = circuit_mul(g301, g301);
    let g303 = circuit_mul(g302, g300);
    let g304 = circuit_add(g303, g299);
    let g305 = circuit_add(g304, g303);
    let g306 = circuit_add(g304, g299);
    let g307 = circuit_add(g306, g299);
    let g308 = circuit_add(g305, i42);
    let g309 = circuit_mul(g308, g308);
    let g310 = circuit_mul(g309, g309);
    let g311 = circuit_mul(g310, g308);
    let g312 = circuit_add(g311, g307);
    let g313 = circuit_add(g312, g311);
    let g314 = circuit_add(g312, g307);
    let g315 = circuit_add(g314, g307);
    let g316 = circuit_add(g313, i43);
    let g317 = circuit_mul(g316, g316);
    let g318 = circuit_mul(g317, g317);
    let g319 = circuit_mul(g318, g316);
    let g320 = circuit_add(g319, g315);
    let g321 = circuit_add(g320, g319);
    let g322 = circuit_add(g320, g315);
    let g323 = circuit_add(g322, g315);
    let g324 = circuit_add(g321, i44);
    let g325 = circuit_mul(g324, g324);
    let g326 = circuit_mul(g325, g325);
    let g327 = circuit_mul(g326, g324);
    let g328 = circuit_add(g327, g323);
    let g329 = circuit_add(g328, g327);
    let g330 = circuit_add(g328, g323);
    let g331 = circuit_add(g330, g323);
    let g332 = circuit_add(g329, i45);
    let g333 = circuit_mul(g332, g332);
    let g334 = circuit_mul(g333, g333);
    let g335 = circuit_mul(g334, g332);
    let g336 = circuit_add(g335, g331);
    let g337 = circuit_add(g336, g335);
    let g338 = circuit_add(g336, g331);
    let g339 = circuit_add(g338, g331);
    let g340 = circuit_add(g337, i46);
    let g341 = circuit_mul(g340, g340);
    let g342 = circuit_mul(g341, g341);
    let g343 = circuit_mul(g342, g340);
    let g344 = circuit_add(g343, g339);
    let g345 = circuit_add(g344, g343);
    let g346 = circuit_add(g344, g339);
    let g347 = circuit_add(g346, g339);
    let g348 = circuit_add(g345, i47);
    let g349 = circuit_mul(g348, g348);
    let g350 = circuit_mul(g349, g349);
    let g351 = circuit_mul(g350, g348);
    let g352 = circuit_add(g351, g347);
    let g353 = circuit_add(g352, g351);
    let g354 = circuit_add(g352, g347);
    let g355 = circuit_add(g354, g347);
    let g356 = circuit_add(g353, i48);
    let g357 = circuit_mul(g356, g356);
    let g358 = circuit_mul(g357, g357);
    let g359 = circuit_mul(g358, g356);
    let g360 = circuit_add(g359, g355);
    let g361 = circuit_add(g360, g359);
    let g362 = circuit_add(g360, g355);
    let g363 = circuit_add(g362, g355);
    let g364 = circuit_add(g361, i49);
    let g365 = circuit_mul(g364, g364);
    let g366 = circuit_mul(g365, g365);
    let g367 = circuit_mul(g366, g364);
    let g368 = circuit_add(g367, g363);
    let g369 = circuit_add(g368, g367);
    let g370 = circuit_add(g368, g363);
    let g371 = circuit_add(g370, g363);
    let g372 = circuit_add(g369, i50);
    let g373 = circuit_mul(g372, g372);
    let g374 = circuit_mul(g373, g373);
    let g375 = circuit_mul(g374, g372);
    let g376 = circuit_add(g375, g371);
    let g377 = circuit_add(g376, g375);
    let g378 = circuit_add(g376, g371);
    let g379 = circuit_add(g378, g371);
    let g380 = circuit_add(g377, i51);
    let g381 = circuit_mul(g380, g380);
    let g382 = circuit_mul(g381, g381);
    let g383 = circuit_mul(g382, g380);
    let g384 = circuit_add(g383, g379);
    let g385 = circuit_add(g384, g383);
    let g386 = circuit_add(g384, g379);
    let g387 = circuit_add(g386, g379);
    let g388 = circuit_add(g385, i52);
    let g389 = circuit_mul(g388, g388);
    let g390 = circuit_mul(g389, g389);
    let g391 = circuit_mul(g390, g388);
    let g392 = circuit_add(g391, g387);
    let g393 = circuit_add(g392, g391);
    let g394 = circuit_add(g392, g387);
    let g395 = circuit_add(g394, g387);
    let g396 = circuit_add(g393, i53);
    let g397 = circuit_mul(g396, g396);
    let g398 = circuit_mul(g397, g397);
    let g399 = circuit_mul(g398, g396);
    let g400 = circuit_add(g399, g395);
    let g401 = circuit_add(g400, g399);
    let g402 = circuit_add(g400, g395);
    let g403 = circuit_add(g402, g395);
    let g404 = circuit_add(g401, i54);
    let g405 = circuit_mul(g404, g404);
    let g406 = circuit_mul(g405, g405);
    let g407 = circuit_mul(g406, g404);
    let g408 = circuit_add(g407, g403);
    let g409 = circuit_add(g408, g407);
    let g410 = circuit_add(g408, g403);
    let g411 = circuit_add(g410, g403);
    let g412 = circuit_add(g409, i55);
    let g413 = circuit_mul(g412, g412);
    let g414 = circuit_mul(g413, g413);
    let g415 = circuit_mul(g414, g412);
    let g416 = circuit_add(g415, g411);
    let g417 = circuit_add(g416, g415);
    let g418 = circuit_add(g416, g411);
    let g419 = circuit_add(g418, g411);
    let g420 = circuit_add(g417, i56);
    let g421 = circuit_mul(g420, g420);
    let g422 = circuit_mul(g421, g421);
    let g423 = circuit_mul(g422, g420);
    let g424 = circuit_add(g423, g419);
    let g425 = circuit_add(g424, g423);
    let g426 = circuit_add(g424, g419);
    let g427 = circuit_add(g426, g419);
    let g428 = circuit_add(g425, i57);
    let g429 = circuit_mul(g428, g428);
    let g430 = circuit_mul(g429, g429);
    let g431 = circuit_mul(g430, g428);
    let g432 = circuit_add(g431, g427);
    let g433 = circuit_add(g432, g431);
    let g434 = circuit_add(g432, g427);
    let g435 = circuit_add(g434, g427);
    let g436 = circuit_add(g433, i58);
    let g437 = circuit_mul(g436, g436);
    let g438 = circuit_mul(g437, g437);
    let g439 = circuit_mul(g438, g436);
    let g440 = circuit_add(g435, i59);
    let g441 = circuit_mul(g440, g440);
    let g442 = circuit_mul(g441, g441);
    let g443 = circuit_mul(g442, g440);
    let g444 = circuit_add(g439, g443);
    let g445 = circuit_add(g444, g439);
    let g446 = circuit_add(g444, g443);
    let g447 = circuit_add(g445, i60);
    let g448 = circuit_mul(g447, g447);
    let g449 = circuit_mul(g448, g448);
    let g450 = circuit_mul(g449, g447);
    let g451 = circuit_add(g446, i61);
    let g452 = circuit_mul(g451, g451);
    let g453 = circuit_mul(g452, g452);
    let g454 = circuit_mul(g453, g451);
    let g455 = circuit_add(g450, g454);
    let g456 = circuit_add(g455, g450);
    let g457 = circuit_add(g455, g454);
    let g458 = circuit_add(g456, i62);
    let g459 = circuit_mul(g458, g458);
    let g460 = circuit_mul(g459, g459);
    let g461 = circuit_mul(g460, g458);
    let g462 = circuit_add(g457, i63);
    let g463 = circuit_mul(g462, g462);
    let g464 = circuit_mul(g463, g463);
    let g465 = circuit_mul(g464, g462);
    let g466 = circuit_add(g461, g465);
    let g468 = circuit_add(g466, g465);
    let g469 = circuit_add(g468, i1);
    let filled = (g469,).new_inputs()
        .next(Into::<u256, u384>::into(a))
        .next(Into::<u256, u384>::into(b))
        .next([0x5e295e168b9b8d31770fac4f, 0x4584f763db50a81908580a5f, 0x1da4d6adfb0d0b49, 0x0])
        .next([0xc7a0c63451fab2a59acc074c, 0x19707a56a3b3790eab80d0a0, 0x946129a2e33b4e8, 0x0])
        .next([0x3b07140268794dad4b8f82ea, 0x580abd6952986570867b8730, 0x2a39b9d5376afd35, 0x0])
        .next([0xecd6de5d32448eea5e3069b2, 0xc546b3c7014e5fa3e4a70e66, 0x27605717d1245c20, 0x0])
        .next([0x9a228d638e50809c03773632, 0x973653193a470ed7e771ebb0, 0x24c896cb2594e17b, 0x0])
        .next([0x869a919ad8042e1b7d597a49, 0xd61d783957003db6d8701c7, 0x911096c45dd9cda, 0x0])
        .next([0xaad28021f11f38a70603afdc, 0x27eee6d352a8ce26f1daba01, 0x26ff6166f1e4b99e, 0x0])
        .next([0x8cfb7d954d5b89437bf64b7e, 0xad6591ff90e50fea79bcb5e1, 0x8e2faedcf76d08, 0x0])
        .next([0xec71eeb632f98820eb353d78, 0xe3ad4d1872470830f6184a3c, 0x19c9da2379b598ac, 0x0])
        .next([0x57e2539aa459a40583dfe96b, 0xa8f6a090ec9610a2ab3dfcdb, 0xf7c4eb15d8b0b62, 0x0])
        .next([0x7dd5ff809171588b08ac3983, 0x79750eba282362d1d46900b4, 0x18b99417dc26b5e0, 0x0])
        .next([0x4b76320a8848af08a8d91a26, 0xe2d4493feab82141c73f1c05, 0x1ee044081160b3ee, 0x0])
        .next([0xa14780d19122220366c258dc, 0xe87f5df12ee8a150455b6d7, 0x29bb95c8763efd3e, 0x0])
        .next([0xf7f9ec12067b4705e9a5c9fb, 0xa3ee9a363d740653215e8991, 0x22c23eec9cb13ff8, 0x0])
        .next([0x4c4f905cc7deefc1690b42dc, 0x680c8b18926c3be09115c764, 0x23589e033a31a667, 0x0])
        .next([0xa219f1f0dd64ec938a6a247c, 0x2c9c0cde5f2bdd4764f60b98, 0x304e99b887f2e1e9, 0x0])
        .next([0x271d53a3a493b2de7f7d8b4c, 0x76fbe88bbdf31fcae792f326, 0x22e817865236ad3a, 0x0])
        .next([0xcc4878e026b77c881dc8b1c9, 0xb238a3f5c70a00bf02bc7dcf, 0x10c9efe573e86fa5, 0x0])
        .next([0xedffef023ea283c72b89bbb6, 0x4d6f80e745c6bddbc084f309, 0xa94f16be920d85f, 0x0])
        .next([0x1d6465b5df3da0ebcd69101a, 0xc7888fedb770494abc2c1ea8, 0x23ed72b4d01d14e3, 0x0])
        .next([0x77cb162de8d8f1022eb6bb74, 0xed0e6cbb511ac38498df815a, 0x17c5115640e4cebe, 0x0])
        .next([0xc813959fb99680a82772e4fc, 0xcf765245750eb04773e09e1f, 0x2e507fcca290d0d9, 0x0])
        .next([0xcb71d70dfc8803013292bbbf, 0x6af6cce65c8d12162433f055, 0xd4a98999f5b3917, 0x0])
        .next([0x22a7a3b7a1bd3c335eccfa21, 0xb3c01261a03dc125321d829e, 0x238d8022cc09c21a, 0x0])
        .next([0x13d5b39770e454ed9f4ae165, 0xb81dc8292e35d8e943ce3656, 0x10cd8e4c2b7051c, 0x0])
        .next([0xfb231238e03539590ecc027, 0xb11178cf0ea3c6aa861173a9, 0x88027e54f2a3604, 0x0])
        .next([0xdaa938108302b73e464819db, 0xb4cd7aa7e5a9a6d161165468, 0x1b840f5311a2b1d4, 0x0])
        .next([0x44198ea0cb366fcd8db78dc1, 0xf9b764b1e16c15929a3a346e, 0x2bf51a5da1828a1c, 0x0])
        .next([0x9c7beef9d56a3a50f6f23827, 0xe68a6a86767a7fe726b8872f, 0x206ad089d8d296ff, 0x0])
        .next([0x617c7c199fc07ff88eac550c, 0x1a54e0a99ac16d05eaec4b6d, 0x24d19193171494fa, 0x0])
        .next([0x78b9c0b995d9f9fbaf152138, 0xf33d88246a40dfb32c406622, 0x1dd654a2ca9d9f24, 0x0])
        .next([0xfe7793b8acf57f3789785e4, 0x59d20ecbd3a601108c85f05b, 0xd171025c925f6e2, 0x0])
        .next([0xb80d95dd98b9908fed877d55, 0x45cd99ccb0f7c8791d9e8cf2, 0x55bef435a43aec2, 0x0])
        .next([0x4cfd9f203b75765d0e595f0e, 0x8a2a3f42d9359a14be63d0ad, 0x10d2ac8c61c8a2e8, 0x0])
        .next([0xddc41e85296e3d0790dcfa56, 0x82a84057ec3ba6b2254d7966, 0x103479710e709969, 0x0])
        .next([0x340db1638225f8372921807b, 0x5914ffb48c765da8de96f9aa, 0x2a366f0448fda3c0, 0x0])
        .next([0x9aeb686c04626b63285837a4, 0x919b6e0378d00594153bb889, 0x16be0fb8ef62da17, 0x0])
        .next([0x2aa5a4d52cfd8c78a15bc370, 0x60abbc7f0d0d24c32dec8a0b, 0x417038500e9d06c, 0x0])
        .next([0xbc486a3e5a0308fdd013812, 0xf66ec6f4493ff9b54f4d7648, 0x26a6873b43ffd2cc, 0x0])
        .next([0xaa8aa9f7391922d36278c498, 0xa96251914fe5ad262f3db9b2, 0xa3314a838f32630, 0x0])
        .next([0x90b15a044f4b59399027da4, 0x7f462d4821f48f86aeadb46a, 0xfde0c5429a6beb0, 0x0])
        .next([0x535a984df11a1c89cda2c8a9, 0x9b357e4163793b0bb517e1eb, 0xabc2d5049972a6b, 0x0])
        .next([0x173f7f17735205dbb77c464e, 0x1d21722fb21e55051b427a5f, 0xdab51d6e3ebfa66, 0x0])
        .next([0xd68fb8efe9b92e70a8c1ae03, 0x51af6cc37123652fb21be5c2, 0x29c36622598b511d, 0x0])
        .next([0xe53ac6990d6bbe7ea2fbc85c, 0xae846bc0b700d0bcc41c4096, 0x2c03ec80adac2a33, 0x0])
        .next([0x6017d893b8b521e3cebe1e0d, 0xbdb4c6852d06510531730311, 0x918fdbe9cf3a59f, 0x0])
        .next([0x4f7acf79a9d2135acabe2359, 0x599dd13cd7e495a8176a79df, 0x1f19ec22e69ca33f, 0x0])
        .next([0x9ceb001346447b2911080704, 0xeb32b872eb7f76928c4c76b2, 0x1c4b037c8ae85ee1, 0x0])
        .next([0x4d420de5af0a69c534efd8db, 0x6c826d0bde341766ba3131e0, 0x2b68900ed906616d, 0x0])
        .next([0xfb397cef723d4f0c782bc7f0, 0x448f8dac653c8daaa180ff6d, 0x20ca92aa222fcc69, 0x0])
        .next([0x7ac053941f6186289b66b2b6, 0x75276fc82057db337045a5ab, 0x10d22d05bdff6bb3, 0x0])
        .next([0xa00636d1e5ca79e88bdd6cd9, 0x98f32ba45784cb435aa910b4, 0xb1ffdbb529367bb, 0x0])
        .next([0x2e5e515f6f89bcc33022ce9f, 0xed757ec705eccf8282c7b4f8, 0x2da32b38e7984bc2, 0x0])
        .next([0x58031e94d292cecc6abed1bb, 0x2674b8b55a886725b87eb339, 0x42593ad87403f6d, 0x0])
        .next([0xb463a6de9308fbd6e7d419f1, 0x19d7367bf49b3f01051faeda, 0x181fa1b4d067783a, 0x0])
        .next([0xed8a815c34927188c60de660, 0x5683c95515c26028a8e35b00, 0x15aaa6cc9b7900b1, 0x0])
        .next([0xf5a0eced6787320212f75a7a, 0xbc63234f057254c280b1a636, 0x1bf28a93209084bb, 0x0])
        .next([0x2f805c8e6f8c9d81a620cb6f, 0x2cd9e229776118f156273b31, 0x1cdb8c8bee5426f0, 0x0])
        .next([0x5cc387a0f8ea0e8760d5ca7e, 0x162e0facb5f1876f516df250, 0x8299c0abf196d53, 0x0])
        .next([0x2cabd1124117269d7c710b8a, 0x8a7b7b58cb65c4962d76c007, 0x221643d205fe8277, 0x0])
        .next([0xf74b22db487920d43343dbff, 0xb7a0143a28c88767f6bd10c3, 0x2d036a95f81cf49b, 0x0])
        .next([0x86729fbc6d5d1bb7a172ebd2, 0xea414fb1bceca2267cd4a394, 0x8a50897c06aafe6, 0x0])
        .done();
    let outputs = filled.eval(modulus()).unwrap();
    outputs.get_output(g469).try_into().unwrap()
}

/// Of three elements.
pub fn hash3(a: u256, b: u256, c: u256) -> u256 {
    let i0 = CircuitElement::<CircuitInput<0>> {};
    let i1 = CircuitElement::<CircuitInput<1>> {};
    let i2 = CircuitElement::<CircuitInput<2>> {};
    let i3 = CircuitElement::<CircuitInput<3>> {};
    let i4 = CircuitElement::<CircuitInput<4>> {};
    let i5 = CircuitElement::<CircuitInput<5>> {};
    let i6 = CircuitElement::<CircuitInput<6>> {};
    let i7 = CircuitElement::<CircuitInput<7>> {};
    let i8 = CircuitElement::<CircuitInput<8>> {};
    let i9 = CircuitElement::<CircuitInput<9>> {};
    let i10 = CircuitElement::<CircuitInput<10>> {};
    let i11 = CircuitElement::<CircuitInput<11>> {};
    let i12 = CircuitElement::<CircuitInput<12>> {};
    let i13 = CircuitElement::<CircuitInput<13>> {};
    let i14 = CircuitElement::<CircuitInput<14>> {};
    let i15 = CircuitElement::<CircuitInput<15>> {};
    let i16 = CircuitElement::<CircuitInput<16>> {};
    let i17 = CircuitElement::<CircuitInput<17>> {};
    let i18 = CircuitElement::<CircuitInput<18>> {};
    let i19 = CircuitElement::<CircuitInput<19>> {};
    let i20 = CircuitElement::<CircuitInput<20>> {};
    let i21 = CircuitElement::<CircuitInput<21>> {};
    let i22 = CircuitElement::<CircuitInput<22>> {};
    let i23 = CircuitElement::<CircuitInput<23>> {};
    let i24 = CircuitElement::<CircuitInput<24>> {};
    let i25 = CircuitElement::<CircuitInput<25>> {};
    let i26 = CircuitElement::<CircuitInput<26>> {};
    let i27 = CircuitElement::<CircuitInput<27>> {};
    let i28 = CircuitElement::<CircuitInput<28>> {};
    let i29 = CircuitElement::<CircuitInput<29>> {};
    let i30 = CircuitElement::<CircuitInput<30>> {};
    let i31 = CircuitElement::<CircuitInput<31>> {};
    let i32 = CircuitElement::<CircuitInput<32>> {};
    let i33 = CircuitElement::<CircuitInput<33>> {};
    let i34 = CircuitElement::<CircuitInput<34>> {};
    let i35 = CircuitElement::<CircuitInput<35>> {};
    let i36 = CircuitElement::<CircuitInput<36>> {};
    let i37 = CircuitElement::<CircuitInput<37>> {};
    let i38 = CircuitElement::<CircuitInput<38>> {};
    let i39 = CircuitElement::<CircuitInput<39>> {};
    let i40 = CircuitElement::<CircuitInput<40>> {};
    let i41 = CircuitElement::<CircuitInput<41>> {};
    let i42 = CircuitElement::<CircuitInput<42>> {};
    let i43 = CircuitElement::<CircuitInput<43>> {};
    let i44 = CircuitElement::<CircuitInput<44>> {};
    let i45 = CircuitElement::<CircuitInput<45>> {};
    let i46 = CircuitElement::<CircuitInput<46>> {};
    let i47 = CircuitElement::<CircuitInput<47>> {};
    let i48 = CircuitElement::<CircuitInput<48>> {};
    let i49 = CircuitElement::<CircuitInput<49>> {};
    let i50 = CircuitElement::<CircuitInput<50>> {};
    let i51 = CircuitElement::<CircuitInput<51>> {};
    let i52 = CircuitElement::<CircuitInput<52>> {};
    let i53 = CircuitElement::<CircuitInput<53>> {};
    let i54 = CircuitElement::<CircuitInput<54>> {};
    let i55 = CircuitElement::<CircuitInput<55>> {};
    let i56 = CircuitElement::<CircuitInput<56>> {};
    let i57 = CircuitElement::<CircuitInput<57>> {};
    let i58 = CircuitElement::<CircuitInput<58>> {};
    let i59 = CircuitElement::<CircuitInput<59>> {};
    let i60 = CircuitElement::<CircuitInput<60>> {};
    let i61 = CircuitElement::<CircuitInput<61>> {};
    let i62 = CircuitElement::<CircuitInput<62>> {};
    let i63 = CircuitElement::<CircuitInput<63>> {};
    let i64 = CircuitElement::<CircuitInput<64>> {};
    let i65 = CircuitElement::<CircuitInput<65>> {};
    let i66 = CircuitElement::<CircuitInput<66>> {};
    let i67 = CircuitElement::<CircuitInput<67>> {};
    let i68 = CircuitElement::<CircuitInput<68>> {};
    let i69 = CircuitElement::<CircuitInput<69>> {};
    let i70 = CircuitElement::<CircuitInput<70>> {};
    let g0 = circuit_add(i0, i1);
    let g1 = circuit_add(g0, i2);
    let g2 = circuit_add(g1, i0);
    let g3 = circuit_add(g1, i1);
    let g4 = circuit_add(g1, i2);
    let g5 = circuit_add(g2, i3);
    let g6 = circuit_mul(g5, g5);
    let g7 = circuit_mul(g6, g6);
    let g8 = circuit_mul(g7, g5);
    let g9 = circuit_add(g3, i4);
    let g10 = circuit_mul(g9, g9);
    let g11 = circuit_mul(g10, g10);
    let g12 = circuit_mul(g11, g9);
    let g13 = circuit_add(g4, i5);
    let g14 = circuit_mul(g13, g13);
    let g15 = circuit_mul(g14, g14);
    let g16 = circuit_mul(g15, g13);
    let g17 = circuit_add(g8, g12);
    let g18 = circuit_add(g17, g16);
    let g19 = circuit_add(g18, g8);
    let g20 = circuit_add(g18, g12);
    let g21 = circuit_add(g18, g16);
    let g22 = circuit_add(g19, i6);
    let g23 = circuit_mul(g22, g22);
    let g24 = circuit_mul(g23, g23);
    let g25 = circuit_mul(g24, g22);
    let g26 = circuit_add(g20, i7);
    let g27 = circuit_mul(g26, g26);
    let g28 = circuit_mul(g27, g27);
    let g29 = circuit_mul(g28, g26);
    let g30 = circuit_add(g21, i8);
    let g31 = circuit_mul(g30, g30);
    let g32 = circuit_mul(g31, g31);
    let g33 = circuit_mul(g32, g30);
    let g34 = circuit_add(g25, g29);
    let g35 = circuit_add(g34, g33);
    let g36 = circuit_add(g35, g25);
    let g37 = circuit_add(g35, g29);
    let g38 = circuit_add(g35, g33);
    let g39 = circuit_add(g36, i9);
    let g40 = circuit_mul(g39, g39);
    let g41 = circuit_mul(g40, g40);
    let g42 = circuit_mul(g41, g39);
    let g43 = circuit_add(g37, i10);
    let g44 = circuit_mul(g43, g43);
    let g45 = circuit_mul(g44, g44);
    let g46 = circuit_mul(g45, g43);
    let g47 = circuit_add(g38, i11);
    let g48 = circuit_mul(g47, g47);
    let g49 = circuit_mul(g48, g48);
    let g50 = circuit_mul(g49, g47);
    let g51 = circuit_add(g42, g46);
    let g52 = circuit_add(g51, g50);
    let g53 = circuit_add(g52, g42);
    let g54 = circuit_add(g52, g46);
    let g55 = circuit_add(g52, g50);
    let g56 = circuit_add(g53, i12);
    let g57 = circuit_mul(g56, g56);
    let g58 = circuit_mul(g57, g57);
    let g59 = circuit_mul(g58, g56);
    let g60 = circuit_add(g59, g54);
    let g61 = circuit_add(g60, g55);
    let g62 = circuit_add(g61, g59);
    let g63 = circuit_add(g61, g54);
    let g64 = circuit_add(g61, g55);
    let g65 = circuit_add(g64, g55);
    let g66 = circuit_add(g62, i13);
    let g67 = circuit_mul(g66, g66);
    let g68 = circuit_mul(g67, g67);
    let g69 = circuit_mul(g68, g66);
    let g70 = circuit_add(g69, g63);
    let g71 = circuit_add(g70, g65);
    let g72 = circuit_add(g71, g69);
    let g73 = circuit_add(g71, g63);
    let g74 = circuit_add(g71, g65);
    let g75 = circuit_add(g74, g65);
    let g76 = circuit_add(g72, i14);
    let g77 = circuit_mul(g76, g76);
    let g78 = circuit_mul(g77, g77);
    let g79 = circuit_mul(g78, g76);
    let g80 = circuit_add(g79, g73);
    let g81 = circuit_add(g80, g75);
    let g82 = circuit_add(g81, g79);
    let g83 = circuit_add(g81, g73);
    let g84 = circuit_add(g81, g75);
    let g85 = circuit_add(g84, g75);
    let g86 = circuit_add(g82, i15);
    let g87 = circuit_mul(g86, g86);
    let g88 = circuit_mul(g87, g87);
    let g89 = circuit_mul(g88, g86);
    let g90 = circuit_add(g89, g83);
    let g91 = circuit_add(g90, g85);
    let g92 = circuit_add(g91, g89);
    let g93 = circuit_add(g91, g83);
    let g94 = circuit_add(g91, g85);
    let g95 = circuit_add(g94, g85);
    let g96 = circuit_add(g92, i16);
    let g97 = circuit_mul(g96, g96);
    let g98 = circuit_mul(g97, g97);
    let g99 = circuit_mul(g98, g96);
    let g100 = circuit_add(g99, g93);
    let g101 = circuit_add(g100, g95);
    let g102 = circuit_add(g101, g99);
    let g103 = circuit_add(g101, g93);
    let g104 = circuit_add(g101, g95);
    let g105 = circuit_add(g104, g95);
    let g106 = circuit_add(g102, i17);
    let g107 = circuit_mul(g106, g106);
    let g108 = circuit_mul(g107, g107);
    let g109 = circuit_mul(g108, g106);
    let g110 = circuit_add(g109, g103);
    let g111 = circuit_add(g110, g105);
    let g112 = circuit_add(g111, g109);
    let g113 = circuit_add(g111, g103);
    let g114 = circuit_add(g111, g105);
    let g115 = circuit_add(g114, g105);
    let g116 = circuit_add(g112, i18);
    let g117 = circuit_mul(g116, g116);
    let g118 = circuit_mul(g117, g117);
    let g119 = circuit_mul(g118, g116);
    let g120 = circuit_add(g119, g113);
    let g121 = circuit_add(g120, g115);
    let g122 = circuit_add(g121, g119);
    let g123 = circuit_add(g121, g113);
    let g124 = circuit_add(g121, g115);
    let g125 = circuit_add(g124, g115);
    let g126 = circuit_add(g122, i19);
    let g127 = circuit_mul(g126, g126);
    let g128 = circuit_mul(g127, g127);
    let g129 = circuit_mul(g128, g126);
    let g130 = circuit_add(g129, g123);
    let g131 = circuit_add(g130, g125);
    let g132 = circuit_add(g131, g129);
    let g133 = circuit_add(g131, g123);
    let g134 = circuit_add(g131, g125);
    let g135 = circuit_add(g134, g125);
    let g136 = circuit_add(g132, i20);
    let g137 = circuit_mul(g136, g136);
    let g138 = circuit_mul(g137, g137);
    let g139 = circuit_mul(g138, g136);
    let g140 = circuit_add(g139, g133);
    let g141 = circuit_add(g140, g135);
    let g142 = circuit_add(g141, g139);
    let g143 = circuit_add(g141, g133);
    let g144 = circuit_add(g141, g135);
    let g145 = circuit_add(g144, g135);
    let g146 = circuit_add(g142, i21);
    let g147 = circuit_mul(g146, g146);
    let g148 = circuit_mul(g147, g147);
    let g149 = circuit_mul(g148, g146);
    let g150 = circuit_add(g149, g143);
    let g151 = circuit_add(g150, g145);
    let g152 = circuit_add(g151, g149);
    let g153 = circuit_add(g151, g143);
    let g154 = circuit_add(g151, g145);
    let g155 = circuit_add(g154, g145);
    let g156 = circuit_add(g152, i22);
    let g157 = circuit_mul(g156, g156);
    let g158 = circuit_mul(g157, g157);
    let g159 = circuit_mul(g158, g156);
    let g160 = circuit_add(g159, g153);
    let g161 = circuit_add(g160, g155);
    let g162 = circuit_add(g161, g159);
    let g163 = circuit_add(g161, g153);
    let g164 = circuit_add(g161, g155);
    let g165 = circuit_add(g164, g155);
    let g166 = circuit_add(g162, i23);
    let g167 = circuit_mul(g166, g166);
    let g168 = circuit_mul(g167, g167);
    let g169 = circuit_mul(g168, g166);
    let g170 = circuit_add(g169, g163);
    let g171 = circuit_add(g170, g165);
    let g172 = circuit_add(g171, g169);
    let g173 = circuit_add(g171, g163);
    let g174 = circuit_add(g171, g165);
    let g175 = circuit_add(g174, g165);
    let g176 = circuit_add(g172, i24);
    let g177 = circuit_mul(g176, g176);
    let g178 = circuit_mul(g177, g177);
    let g179 = circuit_mul(g178, g176);
    let g180 = circuit_add(g179, g173);
    let g181 = circuit_add(g180, g175);
    let g182 = circuit_add(g181, g179);
    let g183 = circuit_add(g181, g173);
    let g184 = circuit_add(g181, g175);
    let g185 = circuit_add(g184, g175);
    let g186 = circuit_add(g182, i25);
    let g187 = circuit_mul(g186, g186);
    let g188 = circuit_mul(g187, g187);
    let g189 = circuit_mul(g188, g186);
    let g190 = circuit_add(g189, g183);
    let g191 = circuit_add(g190, g185);
    let g192 = circuit_add(g191, g189);
    let g193 = circuit_add(g191, g183);
    let g194 = circuit_add(g191, g185);
    let g195 = circuit_add(g194, g185);
    let g196 = circuit_add(g192, i26);
    let g197 = circuit_mul(g196, g196);
    let g198 = circuit_mul(g197, g197);
    let g199 = circuit_mul(g198, g196);
    let g200 = circuit_add(g199, g193);
    let g201 = circuit_add(g200, g195);
    let g202 = circuit_add(g201, g199);
    let g203 = circuit_add(g201, g193);
    let g204 = circuit_add(g201, g195);
    let g205 = circuit_add(g204, g195);
    let g206 = circuit_add(g202, i27);
    let g207 = circuit_mul(g206, g206);
    let g208 = circuit_mul(g207, g207);
    let g209 = circuit_mul(g208, g206);
    let g210 = circuit_add(g209, g203);
    let g211 = circuit_add(g210, g205);
    let g212 = circuit_add(g211, g209);
    let g213 = circuit_add(g211, g203);
    let g214 = circuit_add(g211, g205);
    let g215 = circuit_add(g214, g205);
    let g216 = circuit_add(g212, i28);
    let g217 = circuit_mul(g216, g216);
    let g218 = circuit_mul(g217, g217);
    let g219 = circuit_mul(g218, g216);
    let g220 = circuit_add(g219, g213);
    let g221 = circuit_add(g220, g215);
    let g222 = circuit_add(g221, g219);
    let g223 = circuit_add(g221, g213);
    let g224 = circuit_add(g221, g215);
    let g225 = circuit_add(g224, g215);
    let g226 = circuit_add(g222, i29);
    let g227 = circuit_mul(g226, g226);
    let g228 = circuit_mul(g227, g227);
    let g229 = circuit_mul(g228, g226);
    let g230 = circuit_add(g229, g223);
    let g231 = circuit_add(g230, g225);
    let g232 = circuit_add(g231, g229);
    let g233 = circuit_add(g231, g223);
    let g234 = circuit_add(g231, g225);
    let g235 = circuit_add(g234, g225);
    let g236 = circuit_add(g232, i30);
    let g237 = circuit_mul(g236, g236);
    let g238 = circuit_mul(g237, g237);
    let g239 = circuit_mul(g238, g236);
    let g240 = circuit_add(g239, g233);
    let g241 = circuit_add(g240, g235);
    let g242 = circuit_add(g241, g239);
    let g243 = circuit_add(g241, g233);
    let g244 = circuit_add(g241, g235);
    let g245 = circuit_add(g244, g235);
    let g246 = circuit_add(g242, i31);
    let g247 = circuit_mul(g246, g246);
    let g248 = circuit_mul(g247, g247);
    let g249 = circuit_mul(g248, g246);
    let g250 = circuit_add(g249, g243);
    let g251 = circuit_add(g250, g245);
    let g252 = circuit_add(g251, g249);
    let g253 = circuit_add(g251, g243);
    let g254 = circuit_add(g251, g245);
    let g255 = circuit_add(g254, g245);
    let g256 = circuit_add(g252, i32);
    let g257 = circuit_mul(g256, g256);
    let g258 = circuit_mul(g257, g257);
    let g259 = circuit_mul(g258, g256);
    let g260 = circuit_add(g259, g253);
    let g261 = circuit_add(g260, g255);
    let g262 = circuit_add(g261, g259);
    let g263 = circuit_add(g261, g253);
    let g264 = circuit_add(g261, g255);
    let g265 = circuit_add(g264, g255);
    let g266 = circuit_add(g262, i33);
    let g267 = circuit_mul(g266, g266);
    let g268 = circuit_mul(g267, g267);
    let g269 = circuit_mul(g268, g266);
    let g270 = circuit_add(g269, g263);
    let g271 = circuit_add(g270, g265);
    let g272 = circuit_add(g271, g269);
    let g273 = circuit_add(g271, g263);
    let g274 = circuit_add(g271, g265);
    let g275 = circuit_add(g274, g265);
    let g276 = circuit_add(g272, i34);
    let g277 = circuit_mul(g276, g276);
    let g278 = circuit_mul(g277, g277);
    let g279 = circuit_mul(g278, g276);
    let g280 = circuit_add(g279, g273);
    let g281 = circuit_add(g280, g275);
    let g282 = circuit_add(g281, g279);
    let g283 = circuit_add(g281, g273);
    let g284 = circuit_add(g281, g275);
    let g285 = circuit_add(g284, g275);
    let g286 = circuit_add(g282, i35);
    let g287 = circuit_mul(g286, g286);
    let g288 = circuit_mul(g287, g287);
    let g289 = circuit_mul(g288, g286);
    let g290 = circuit_add(g289, g283);
    let g291 = circuit_add(g290, g285);
    let g292 = circuit_add(g291, g289);
    let g293 = circuit_add(g291, g283);
    let g294 = circuit_add(g291, g285);
    let g295 = circuit_add(g294, g285);
    let g296 = circuit_add(g292, i36);
    let g297 = circuit_mul(g296, g296);
    let g298 = circuit_mul(g297, g297);
    let g299 = circuit_mul(g298, g296);
    let g300 = circuit_add(g299, g293);
    let g301 = circuit_add(g300, g295);
    let g302 = circuit_add(g301, g299);
    let g303 = circuit_add(g301, g293);
    let g304 = circuit_add(g301, g295);
    let g305 = circuit_add(g304, g295);
    let g306 = circuit_add(g302, i37);
    let g307 = circuit_mul(g306, g306);
    let g308 = circuit_mul(g307, g307);
    let g309 = circuit_mul(g308, g306);
    let g310 = circuit_add(g309, g303);
    let g311 = circuit_add(g310, g305);
    let g312 = circuit_add(g311, g309);
    let g313 = circuit_add(g311, g303);
    let g314 = circuit_add(g311, g305);
    let g315 = circuit_add(g314, g305);
    let g316 = circuit_add(g312, i38);
    let g317 = circuit_mul(g316, g316);
    let g318 = circuit_mul(g317, g317);
    let g319 = circuit_mul(g318, g316);
    let g320 = circuit_add(g319, g313);
    let g321 = circuit_add(g320, g315);
    let g322 = circuit_add(g321, g319);
    let g323 = circuit_add(g321, g313);
    let g324 = circuit_add(g321, g315);
    let g325 = circuit_add(g324, g315);
    let g326 = circuit_add(g322, i39);
    let g327 = circuit_mul(g326, g326);
    let g328 = circuit_mul(g327, g327);
    let g329 = circuit_mul(g328, g326);
    let g330 = circuit_add(g329, g323);
    let g331 = circuit_add(g330, g325);
    let g332 = circuit_add(g331, g329);
    let g333 = circuit_add(g331, g323);
    let g334 = circuit_add(g331, g325);
    let g335 = circuit_add(g334, g325);
    let g336 = circuit_add(g332, i40);
    let g337 = circuit_mul(g336, g336);
    let g338 = circuit_mul(g337, g337);
    let g339 = circuit_mul(g338, g336);
    let g340 = circuit_add(g339, g333);
    let g341 = circuit_add(g340, g335);
    let g342 = circuit_add(g341, g339);
    let g343 = circuit_add(g341, g333);
    let g344 = circuit_add(g341, g335);
    let g345 = circuit_add(g344, g335);
    let g346 = circuit_add(g342, i41);
    let g347 = circuit_mul(g346, g346);
    let g348 = circuit_mul(g347, g347);
    let g349 = circuit_mul(g348, g346);
    let g350 = circuit_add(g349, g343);
    let g351 = circuit_add(g350, g345);
    let g352 = circuit_add(g351, g349);
    let g353 = circuit_add(g351, g343);
    let g354 = circuit_add(g351, g345);
    let g355 = circuit_add(g354, g345);
    let g356 = circuit_add(g352, i42);
    let g357 = circuit_mul(g356, g356);
    let g358 = circuit_mul(g357, g357);
    let g359 = circuit_mul(g358, g356);
    let g360 = circuit_add(g359, g353);
    let g361 = circuit_add(g360, g355);
    let g362 = circuit_add(g361, g359);
    let g363 = circuit_add(g361, g353);
    let g364 = circuit_add(g361, g355);
    let g365 = circuit_add(g364, g355);
    let g366 = circuit_add(g362, i43);
    let g367 = circuit_mul(g366, g366);
    let g368 = circuit_mul(g367, g367);
    let g369 = circuit_mul(g368, g366);
    let g370 = circuit_add(g369, g363);
    let g371 = circuit_add(g370, g365);
    let g372 = circuit_add(g371, g369);
    let g373 = circuit_add(g371, g363);
    let g374 = circuit_add(g371, g365);
    let g375 = circuit_add(g374, g365);
    let g376 = circuit_add(g372, i44);
    let g377 = circuit_mul(g376, g376);
    let g378 = circuit_mul(g377, g377);
    let g379 = circuit_mul(g378, g376);
    let g380 = circuit_add(g379, g373);
    let g381 = circuit_add(g380, g375);
    let g382 = circuit_add(g381, g379);
    let g383 = circuit_add(g381, g373);
    let g384 = circuit_add(g381, g375);
    let g385 = circuit_add(g384, g375);
    let g386 = circuit_add(g382, i45);
    let g387 = circuit_mul(g386, g386);
    let g388 = circuit_mul(g387, g387);
    let g389 = circuit_mul(g388, g386);
    let g390 = circuit_add(g389, g383);
    let g391 = circuit_add(g390, g385);
    let g392 = circuit_add(g391, g389);
    let g393 = circuit_add(g391, g383);
    let g394 = circuit_add(g391, g385);
    let g395 = circuit_add(g394, g385);
    let g396 = circuit_add(g392, i46);
    let g397 = circuit_mul(g396, g396);
    let g398 = circuit_mul(g397, g397);
    let g399 = circuit_mul(g398, g396);
    let g400 = circuit_add(g399, g393);
    let g401 = circuit_add(g400, g395);
    let g402 = circuit_add(g401, g399);
    let g403 = circuit_add(g401, g393);
    let g404 = circuit_add(g401, g395);
    let g405 = circuit_add(g404, g395);
    let g406 = circuit_add(g402, i47);
    let g407 = circuit_mul(g406, g406);
    let g408 = circuit_mul(g407, g407);
    let g409 = circuit_mul(g408, g406);
    let g410 = circuit_add(g409, g403);
    let g411 = circuit_add(g410, g405);
    let g412 = circuit_add(g411, g409);
    let g413 = circuit_add(g411, g403);
    let g414 = circuit_add(g411, g405);
    let g415 = circuit_add(g414, g405);
    let g416 = circuit_add(g412, i48);
    let g417 = circuit_mul(g416, g416);
    let g418 = circuit_mul(g417, g417);
    let g419 = circuit_mul(g418, g416);
    let g420 = circuit_add(g419, g413);
    let g421 = circuit_add(g420, g415);
    let g422 = circuit_add(g421, g419);
    let g423 = circuit_add(g421, g413);
    let g424 = circuit_add(g421, g415);
    let g425 = circuit_add(g424, g415);
    let g426 = circuit_add(g422, i49);
    let g427 = circuit_mul(g426, g426);
    let g428 = circuit_mul(g427, g427);
    let g429 = circuit_mul(g428, g426);
    let g430 = circuit_add(g429, g423);
    let g431 = circuit_add(g430, g425);
    let g432 = circuit_add(g431, g429);
    let g433 = circuit_add(g431, g423);
    let g434 = circuit_add(g431, g425);
    let g435 = circuit_add(g434, g425);
    let g436 = circuit_add(g432, i50);
    let g437 = circuit_mul(g436, g436);
    let g438 = circuit_mul(g437, g437);
    let g439 = circuit_mul(g438, g436);
    let g440 = circuit_add(g439, g433);
    let g441 = circuit_add(g440, g435);
    let g442 = circuit_add(g441, g439);
    let g443 = circuit_add(g441, g433);
    let g444 = circuit_add(g441, g435);
    let g445 = circuit_add(g444, g435);
    let g446 = circuit_add(g442, i51);
    let g447 = circuit_mul(g446, g446);
    let g448 = circuit_mul(g447, g447);
    let g449 = circuit_mul(g448, g446);
    let g450 = circuit_add(g449, g443);
    let g451 = circuit_add(g450, g445);
    let g452 = circuit_add(g451, g449);
    let g453 = circuit_add(g451, g443);
    let g454 = circuit_add(g451, g445);
    let g455 = circuit_add(g454, g445);
    let g456 = circuit_add(g452, i52);
    let g457 = circuit_mul(g456, g456);
    let g458 = circuit_mul(g457, g457);
    let g459 = circuit_mul(g458, g456);
    let g460 = circuit_add(g459, g453);
    let g461 = circuit_add(g460, g455);
    let g462 = circuit_add(g461, g459);
    let g463 = circuit_add(g461, g453);
    let g464 = circuit_add(g461, g455);
    let g465 = circuit_add(g464, g455);
    let g466 = circuit_add(g462, i53);
    let g467 = circuit_mul(g466, g466);
    let g468 = circuit_mul(g467, g467);
    let g469 = circuit_mul(g468, g466);
    let g470 = circuit_add(g469, g463);
    let g471 = circuit_add(g470, g465);
    let g472 = circuit_add(g471, g469);
    let g473 = circuit_add(g471, g463);
    let g474 = circuit_add(g471, g465);
    let g475 = circuit_add(g474, g465);
    let g476 = circuit_add(g472, i54);
    let g477 = circuit_mul(g476, g476);
    let g478 = circuit_mul(g477, g477);
    let g479 = circuit_mul(g478, g476);
    let g480 = circuit_add(g479, g473);
    let g481 = circuit_add(g480, g475);
    let g482 = circuit_add(g481, g479);
    let g483 = circuit_add(g481, g473);
    let g484 = circuit_add(g481, g475);
    let g485 = circuit_add(g484, g475);
    let g486 = circuit_add(g482, i55);
    let g487 = circuit_mul(g486, g486);
    let g488 = circuit_mul(g487, g487);
    let g489 = circuit_mul(g488, g486);
    let g490 = circuit_add(g489, g483);
    let g491 = circuit_add(g490, g485);
    let g492 = circuit_add(g491, g489);
    let g493 = circuit_add(g491, g483);
    let g494 = circuit_add(g491, g485);
    let g495 = circuit_add(g494, g485);
    let g496 = circuit_add(g492, i56);
    let g497 = circuit_mul(g496, g496);
    let g498 = circuit_mul(g497, g497);
    let g499 = circuit_mul(g498, g496);
    let g500 = circuit_add(g499, g493);
    let g501 = circuit_add(g500, g495);
    let g502 = circuit_add(g501, g499);
    let g503 = circuit_add(g501, g493);
    let g504 = circuit_add(g501, g495);
    let g505 = circuit_add(g504, g495);
    let g506 = circuit_add(g502, i57);
    let g507 = circuit_mul(g506, g506);
    let g508 = circuit_mul(g507, g507);
    let g509 = circuit_mul(g508, g506);
    let g510 = circuit_add(g509, g503);
    let g511 = circuit_add(g510, g505);
    let g512 = circuit_add(g511, g509);
    let g513 = circuit_add(g511, g503);
    let g514 = circuit_add(g511, g505);
    let g515 = circuit_add(g514, g505);
    let g516 = circuit_add(g512, i58);
    let g517 = circuit_mul(g516, g516);
    let g518 = circuit_mul(g517, g517);
    let g519 = circuit_mul(g518, g516);
    let g520 = circuit_add(g519, g513);
    let g521 = circuit_add(g520, g515);
    let g522 = circuit_add(g521, g519);
    let g523 = circuit_add(g521, g513);
    let g524 = circuit_add(g521, g515);
    let g525 = circuit_add(g524, g515);
    let g526 = circuit_add(g522, i59);
    let g527 = circuit_mul(g526, g526);
    let g528 = circuit_mul(g527, g527);
    let g529 = circuit_mul(g528, g526);
    let g530 = circuit_add(g529, g523);
    let g531 = circuit_add(g530, g525);
    let g532 = circuit_add(g531, g529);
    let g533 = circuit_add(g531, g523);
    let g534 = circuit_add(g531, g525);
    let g535 = circuit_add(g534, g525);
    let g536 = circuit_add(g532, i60);
    let g537 = circuit_mul(g536, g536);
    let g538 = circuit_mul(g537, g537);
    let g539 = circuit_mul(g538, g536);
    let g540 = circuit_add(g539, g533);
    let g541 = circuit_add(g540, g535);
    let g542 = circuit_add(g541, g539);
    let g543 = circuit_add(g541, g533);
    let g544 = circuit_add(g541, g535);
    let g545 = circuit_add(g544, g535);
    let g546 = circuit_add(g542, i61);
    let g547 = circuit_mul(g546, g546);
    let g548 = circuit_mul(g547, g547);
    let g549 = circuit_mul(g548, g546);
    let g550 = circuit_add(g549, g543);
    let g551 = circuit_add(g550, g545);
    let g552 = circuit_add(g551, g549);
    let g553 = circuit_add(g551, g543);
    let g554 = circuit_add(g551, g545);
    let g555 = circuit_add(g554, g545);
    let g556 = circuit_add(g552, i62);
    let g557 = circuit_mul(g556, g556);
    let g558 = circuit_mul(g557, g557);
    let g559 = circuit_mul(g558, g556);
    let g560 = circuit_add(g553, i63);
    let g561 = circuit_mul(g560, g560);
    let g562 = circuit_mul(g561, g561);
    let g563 = circuit_mul(g562, g560);
    let g564 = circuit_add(g555, i64);
    let g565 = circuit_mul(g564, g564);
    let g566 = circuit_mul(g565, g565);
    let g567 = circuit_mul(g566, g564);
    let g568 = circuit_add(g559, g563);
    let g569 = circuit_add(g568, g567);
    let g570 = circuit_add(g569, g559);
    let g571 = circuit_add(g569, g563);
    let g572 = circuit_add(g569, g567);
    let g573 = circuit_add(g570, i65);
    let g574 = circuit_mul(g573, g573);
    let g575 = circuit_mul(g574, g574);
    let g576 = circuit_mul(g575, g573);
    let g577 = circuit_add(g571, i66);
    let g578 = circuit_mul(g577, g577);
    let g579 = circuit_mul(g578, g578);
    let g580 = circuit_mul(g579, g577);
    let g581 = circuit_add(g572, i67);
    let g582 = circuit_mul(g581, g581);
    let g583 = circuit_mul(g582, g582);
    let g584 = circuit_mul(g583, g581);
    let g585 = circuit_add(g576, g580);
    let g586 = circuit_add(g585, g584);
    let g587 = circuit_add(g586, g576);
    let g588 = circuit_add(g586, g580);
    let g589 = circuit_add(g586, g584);
    let g590 = circuit_add(g587, i68);
    let g591 = circuit_mul(g590, g590);
    let g592 = circuit_mul(g591, g591);
    let g593 = circuit_mul(g592, g590);
    let g594 = circuit_add(g588, i69);
    let g595 = circuit_mul(g594, g594);
    let g596 = circuit_mul(g595, g595);
    let g597 = circuit_mul(g596, g594);
    let g598 = circuit_add(g589, i70);
    let g599 = circuit_mul(g598, g598);
    let g600 = circuit_mul(g599, g599);
    let g601 = circuit_mul(g600, g598);
    let g602 = circuit_add(g593, g597);
    let g603 = circuit_add(g602, g601);
    let g604 = circuit_add(g603, g593);
    let g607 = circuit_add(g604, i0);
    let filled = (g607,).new_inputs()
        .next(Into::<u256, u384>::into(a))
        .next(Into::<u256, u384>::into(b))
        .next(Into::<u256, u384>::into(c))
        .next([0xbf52bb0ad81a6798df326b34, 0x777d2ab36b64820b18800576, 0x22a8efb502d22a6d, 0x0])
        .next([0xe9d3857a95a5445b51ebde8a, 0x9e494be0787b50fb1ae02325, 0x8b1a4f28d4e9bbe, 0x0])
        .next([0xd6eba6661a6794547ea7743c, 0x64056d0dae2e5da70b458fa5, 0x402903d23e1cc07, 0x0])
        .next([0x16a62ab717fb3b4ca5fc51d6, 0x71cccadd99b0d2e4cc74da51, 0x21078335ad39138a, 0x0])
        .next([0x324b736288689969a679b116, 0xc9ddaf1ef5032f30d7640396, 0x14cfacf1f25792d, 0x0])
        .next([0x955acfe9a685231b30357b8d, 0xe8595439f08229a08d9f06ca, 0x2d68b79a4aab36b8, 0x0])
        .next([0x5093a6888a76999ef925f420, 0x2e6ca00d6ed3785d0e8b871a, 0x15e4792b2e8e5872, 0x0])
        .next([0x9ffe5a322777d5788e462cbb, 0x32dc7ed1bdb8b4eb83c9ae80, 0x27727c6cf4a95e4d, 0x0])
        .next([0xe428bc204e64ba44691aa561, 0x258818aa9e17601a440d2904, 0x1593ca12bb3ef19f, 0x0])
        .next([0x6ec21a8c2cc7b7e8e0eee8b5, 0x7034639675cd27802467b5, 0x29195399a760136d, 0x0])
        .next([0xc0bec49b285d155d12458977, 0x39155783841fb0935cd50420, 0x2e9386e12f5ae782, 0x0])
        .next([0x45713177476379cab292eba0, 0x78e5ee5fa6d08371a5454bb0, 0x25cd64867ccf3b5b, 0x0])
        .next([0x4004d4699eed04e7fd42e901, 0xba6cbd3c0261add4934061d7, 0x137396dab225b561, 0x0])
        .next([0x77dc499d9a096a3b50f2d298, 0xaa3eda79b8340b7a7e119d37, 0x27f0c35eea2920d3, 0x0])
        .next([0x9f3d50e8eee6d71d89c273ed, 0x2e2bcef87962f1ddf545db4b, 0x2ee745b61b85ce92, 0x0])
        .next([0xf7044a8a14f1e825ea891fab, 0x69990c8dea71842a8665d147, 0x29ea56344ddcb62, 0x0])
        .next([0xef0e2429853a22d7a5966cf8, 0x404d8d0da53ec72d0a5d9070, 0x53bd166025b95d8, 0x0])
        .next([0x15c8669db3393be8d173a869, 0x7d0b2cd2c70681ef4072a713, 0xbf467549acbe624, 0x0])
        .next([0x9474282e6679ff72bf9c341b, 0x1d757f23233e9ac088b1e651, 0x9b370a37713159a, 0x0])
        .next([0x1c312d9b858c678a3b0ac9ef, 0xd8f9b06a466f5cfb82183b81, 0xadc49c63a7ae5ed, 0x0])
        .next([0x3a7689516bb0a319e4bc063d, 0xa875787256d61160b64a8b6a, 0x445b236645c13b2, 0x0])
        .next([0x271b1457529874875c25e0fa, 0xe601ab860fcec0fa143cef00, 0x2d04b09d2997b1a3, 0x0])
        .next([0xbae3115b106b7aaef83594e1, 0x8d96e37be9a539a0b471d63, 0x1712f7989c9760ea, 0x0])
        .next([0xfefdf302b97fe4eb76cd2696, 0xd34d5c6b2eed4b4e02ede242, 0x1f73393f733d6e3c, 0x0])
        .next([0x2164a23b13cd4678d8fa7764, 0xa5a6f24d01a8a2c68be1860d, 0x9c10c2a0ebf349f, 0x0])
        .next([0x5e42d45a2e0213bc19f59cfe, 0xcf062339661501d3fcab57ba, 0x305797f4446ec1c3, 0x0])
        .next([0x953c6f24202463a99a648102, 0xaa54413dd5d4c8fc79b1f8ec, 0x1c05298b2d6e3f47, 0x0])
        .next([0xde3b689173a0d815f7fb84a6, 0x74be61c9d7bceb82d83650fc, 0x10472e3bce666836, 0x0])
        .next([0x96f27217541328ece2cb512e, 0xd7c5f0f477236996e37ecd58, 0x24dd960e3c8aae50, 0x0])
        .next([0x786e6a5f54d00889f777a4bb, 0xeae1f72b3f5241273ab8a194, 0x1c669431b9fff5ea, 0x0])
        .next([0x2a7b05e35f4218a6c9d4e18a, 0x6ecd46bc5cfe91a5ab2f78cb, 0x2263c9f42d7adff9, 0x0])
        .next([0x51af89487f797f99e7733502, 0x7676c862397c48b18689564b, 0xe926253a6e82c1c, 0x0])
        .next([0xdbe95d3d8a3004718da274a5, 0x4dae7749adaf85bf492effac, 0x26c511b8773e72d1, 0x0])
        .next([0xeb20c93d7ad898f29ac144b6, 0xdeb45ba1789d969affbea02b, 0x29a08a9a474966a2, 0x0])
        .next([0x4982eb23ee87f4fdaa562924, 0x3ecb3c78a682a20c1c8c0f53, 0x2c96d0e2121772eb, 0x0])
        .next([0x8bf82a517542eb6f633e3dfe, 0xd8cbbc4f3272c7bdef762700, 0x20b09f0c62b61bc5, 0x0])
        .next([0x5e3332a2c95e0e386f34dc83, 0x98a03aae1fad0c1c6f2201f9, 0x2f1b67033025c093, 0x0])
        .next([0xd1ee131630ec86a57f450fd1, 0xc2c3e7c04c31a7742017d2e5, 0x2bd9c88dfbb7610d, 0x0])
        .next([0x6d2d03529c1d1cdd0ea8bd63, 0x3c9deb37e8b58a3a86e44fd4, 0x8464c44db9014bf, 0x0])
        .next([0x309d24559ac96bc60c66f56b, 0x27aa462b01d1400faddb2b92, 0x2f076da88938d57b, 0x0])
        .next([0x246c48223efa39a493571e39, 0x989abc12169e58a3c2d47db8, 0x152c192b96b48e39, 0x0])
        .next([0x86a0db5e883b0fb92eb27df4, 0xba2bb33c3a2ebbeb45a3397f, 0x11bc4a012a2714fd, 0x0])
        .next([0xa1b22e381b6f301035c11b85, 0x3d1a8b49c97b8706b5c2b5e1, 0x141b03be333b1447, 0x0])
        .next([0x812ad008a1672f189fbeb555, 0xb09cbefe700ab56d77d60656, 0x66cabd63a55d348, 0x0])
        .next([0x51ff7c0686c5b36648b7f61a, 0xa6dde59f2da50a0101307165, 0xa4a5611744f9b19, 0x0])
        .next([0x1007124915bc8f9ae78bc7c0, 0x18e4a5eb663fa5fb0b1efe9f, 0xbbbe5c2f2ce668e, 0x0])
        .next([0xd67de31de5812b92e1b779b3, 0x7487ccea0fe6fbe8145bf488, 0x233e52ebf7fbe6b5, 0x0])
        .next([0x58be9b34af2075139433f6c3, 0xa723bfe3c050091c3fecabc3, 0xdd6e73350387a72, 0x0])
        .next([0x7a5af15c39dea08f0741fcaa, 0x43420e8d6f3bd578ef67c113, 0xa735aaa2475d937, 0x0])
        .next([0xb73c9681cd98eeb638b3d62e, 0x3a52b34698dd82f04147434a, 0x2ffeca1713601196, 0x0])
        .next([0xa88a137a4ac2adad4123f18a, 0xd09d30201331a9a7e4e8fc97, 0x90c32f2c073bb1a, 0x0])
        .next([0x35ce4155bb5d913fe1f0c183, 0xb1baf0db53037ee452ec10c3, 0x14f9ecf3244409f0, 0x0])
        .next([0xf5309a3f6721f3a6393f8fc, 0x98034856ebcaad2a744962cd, 0x44f4bed9df83441, 0x0])
        .next([0x86bd85b36d888ed4d9192078, 0xce8bb8a7da29ad8f29ba1de2, 0x2e65cc4ca8d4ba78, 0x0])
        .next([0xc322f5c885cdfa92aa01b458, 0xd546ef7115a9077b2c70fcd0, 0x2ee99869ed0ee010, 0x0])
        .next([0x21eda0bb7ee3bb5f26f10563, 0xe63e0fef33589488149f40c5, 0x28b750dc949689f2, 0x0])
        .next([0x3eca73c0c02880beaf7c988e, 0x300bfad0f1de3b4c63bf8dc8, 0xe91a184cfb3da54, 0x0])
        .next([0x4f5a4b661b78d8ca63cf695a, 0x6334dceec81a05ecb5158118, 0x215634b79a882ccb, 0x0])
        .next([0xdf560bec5af410a6478144b9, 0xd2133db8f69f10c614bfe1eb, 0x32dce570822c206, 0x0])
        .next([0x536565fc491abdb820e3773b, 0xdd5954b5ed2e96da0a3d7b5a, 0x6cc4a60197ba170, 0x0])
        .next([0xaaffe594c3a1cf7955adb34a, 0xcc2801799ba4d0e55a5d4571, 0x2be9a9515fc9abe, 0x0])
        .next([0xba87b70e65ee44ab64838b62, 0x6c39e200283151becd839ccc, 0x20f2525faa505c81, 0x0])
        .next([0x9536e6568b5c73722823a464, 0x567719a1426652eb4c934b62, 0x107b5999e59aa121, 0x0])
        .next([0x6dc8308f57340a3a3d13c62a, 0x46e2f4cd5bd0120385fa716d, 0x1fcd014908414b62, 0x0])
        .next([0xbccbb1902391ef7b007ee556, 0x1711a504480f2396a4e39e14, 0x113052cb123a7e73, 0x0])
        .next([0x77164176700213b5b1bb9657, 0x385690ada8c15f11534a8f86, 0x18164a96f1b08a21, 0x0])
        .next([0x7479db229e1d6da89e143475, 0x4a99b4a83353a12adcebca7c, 0x2ad83ace7b88dc72, 0x0])
        .next([0x5d47acea2bc8570f4a3027b, 0xa05874e989321fb2acc5f0fd, 0x34a7aae742e664, 0x0])
        .done();
    let outputs = filled.eval(modulus()).unwrap();
    outputs.get_output(g607).try_into().unwrap()
}

fn modulus() -> CircuitModulus {
    TryInto::<[core::circuit::u96; 4], CircuitModulus>::try_into([0x79b9709143e1f593f0000001, 0xb85045b68181585d2833e848, 0x30644e72e131a029, 0x0]).unwrap()
}
