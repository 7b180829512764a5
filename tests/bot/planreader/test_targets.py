from __future__ import annotations

from decimal import Decimal

import pytest

from bot.planreader.reader import read_plan
from domain.plan import Measure, Target
from tests.bot.planreader.samples import plan_text

TASK = "- Mở lớp.\nThời gian thực hiện: Quý II"
SUM, UNITS, SHARE = Measure.SUM, Measure.DISTINCT_UNITS, Measure.SHARE_OF_ELIGIBLE


def read(lines: str) -> tuple[tuple[Target, ...], tuple[str, ...]]:
    plan = read_plan("a.txt", plan_text(TASK, lines))
    return plan.targets, plan.warnings


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- Kết nạp: tăng thêm 106 đoàn viên.", ("doan_vien_moi", 106, "đoàn viên", SUM)),
        ("- Phát triển mới từ 200-300 đoàn viên", ("doan_vien_moi", 200, "đoàn viên", SUM)),
        ("- Phấn đấu kết nạp ít nhất 1.250 đoàn viên mới", ("doan_vien_moi", 1250, "đoàn viên mới", SUM)),
        ("- Số đoàn viên mới kết nạp: 106", ("doan_vien_moi", 106, "đoàn viên", SUM)),
        ("- Thành lập CĐCS doanh nghiệp từ 10 đến dưới 25 lao động: 100%", ("cdcs_10_25", 100, "%", SHARE)),
        ("- 90% doanh nghiệp có từ 25 lao động trở lên được thành lập tổ chức Công đoàn",
         ("cdcs_25", 90, "%", SHARE)),
        ("- Thành lập 02 CĐCS doanh nghiệp từ 25 lao động trở lên", ("cdcs_25", 2, "CĐCS", UNITS)),
        ("- Ký mới TULĐTT: 01 doanh nghiệp", ("tuldtt", 1, "doanh nghiệp", UNITS)),
        ("- Ký mới 03 bản thoả ước lao động tập thể", ("tuldtt", 3, "bản thoả ước lao động tập thể", UNITS)),
        ("- Hội nghị NLĐ: 20 doanh nghiệp", ("hoi_nghi_nld", 20, "doanh nghiệp", UNITS)),
        ("- Đối thoại định kỳ: 21 cuộc", ("doi_thoai", 21, "cuộc", SUM)),
        ("- Sửa đổi, bổ sung TƯLĐTT: 02 doanh nghiệp", ("sua_doi_bo_sung_tuldtt_doanh_nghiep", 2,
                                                       "doanh nghiệp", UNITS)),
        ("- Hội nghị cán bộ, công chức, viên chức, người lao động: 100%",
         ("hoi_nghi_can_bo_cong_chuc_vien_chuc", 100, "%", SHARE)),
        ("- CĐCS hoàn thành tốt nhiệm vụ: từ 85,5% trở lên",
         ("cdcs_hoan_thanh_tot_nhiem_vu", "85.5", "%", SHARE)),
        ("- Tuyên truyền đến 1,2 triệu lượt người", ("tuyen_truyen_den_trieu_luot_nguoi", 1200000,
                                                    "lượt người", SUM)),
        ("- Theo Nghị quyết số 02-NQ/TW ngày 12/6/2021, giai đoạn 2020-2025, kỷ niệm 95 năm Ngày thành lập:"
         " 03 công trình", (None, 3, "công trình", SUM)),
        ("- 100% CĐCS tổ chức hội nghị CBCCVC trong tháng 9, 10 năm 2024",
         ("cdcs_to_chuc_hoi_nghi_cbccvc_trong_thang", 100, "%", SHARE)),
        ("- Vận động từ 200-300 người lao động gia nhập công đoàn",
         ("doan_vien_moi", 200, "người lao động", SUM)),
        ("- Tỷ lệ hài lòng: 80%, quà trị giá 500.000 đồng/suất", ("ty_le_hai_long_qua_tri_gia_dong_suat", 80,
                                                                  "%", SHARE)),
        ("- Không dưới 20 sáng kiến, làm lợi 300 triệu đồng", ("khong_duoi_sang_kien_lam_loi_trieu_dong", 20,
                                                             "sáng kiến", SUM)),
        ("- Ủng hộ quỹ: 37,5 triệu đồng", ("ung_ho_quy_trieu_dong", "37.5", "triệu đồng", SUM)),
        ("- Chăm lo ít nhất 02 hoạt động, trong đó 01 hoạt động dịp Tết",
         ("cham_lo_hoat_dong", 2, "hoạt động", SUM)),
        ("- Năm 2023 đạt 98/90 đoàn viên; năm 2024 kết nạp 100 đoàn viên",
         ("doan_vien_moi", 100, "đoàn viên", SUM)),
    ],
)  # fmt: skip
def test_it_reads_one_target(line: str, expected: tuple[str | None, object, str, Measure]) -> None:
    (target,), warnings = read(line)
    code, goal, unit, measure = expected
    assert (target.goal, target.unit, target.measure) == (Decimal(str(goal)), unit, measure)
    assert code in (target.indicator, None)
    assert warnings == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "- Tập hợp đoàn viên: đạt 98% khối Nhà nước và từ 70% khối ngoài Nhà nước.",
            [
                ("Tập hợp đoàn viên: đạt 98% khối Nhà nước", 98),
                ("Tập hợp đoàn viên: từ 70% khối ngoài Nhà nước", 70),
            ],
        ),
        (
            "- Khối Nhà nước đạt 98%, khối ngoài Nhà nước đạt 70%",
            [("Khối Nhà nước đạt 98%", 98), ("khối ngoài Nhà nước đạt 70%", 70)],
        ),
        (
            "- 100% cơ quan, đơn vị có hội nghị CBCCVC; 15 doanh nghiệp tổ chức hội nghị người lao động.",
            [
                ("100% cơ quan, đơn vị có hội nghị CBCCVC", 100),
                ("15 doanh nghiệp tổ chức hội nghị người lao động", 15),
            ],
        ),
        (
            "- Kết nạp 50 đoàn viên, thành lập 02 CĐCS doanh nghiệp từ 10 - dưới 25 lao động",
            [("Kết nạp 50 đoàn viên", 50), ("thành lập 02 CĐCS doanh nghiệp từ 10 - dưới 25 lao động", 2)],
        ),
        (
            "- Chất lượng thỏa ước:\n+ Loại A: 10%\n+ Loại B: 40%",
            [("Chất lượng thỏa ước: Loại A: 10%", 10), ("Chất lượng thỏa ước: Loại B: 40%", 40)],
        ),
        (
            "- Kết nạp 100 đoàn viên, trong đó:\n+ Khối Nhà nước: 20\n+ Khối ngoài Nhà nước: 80",
            [("Kết nạp 100 đoàn viên", 100)],
        ),
    ],
)
def test_it_splits_several_goals_of_a_line(line: str, expected: list[tuple[str, int]]) -> None:
    targets, _ = read(line)
    assert [(target.text, int(target.goal)) for target in targets] == expected


def test_the_second_target_of_an_indicator_gets_its_own_code() -> None:
    targets, warnings = read("- Kết nạp 50 đoàn viên khối trường.\n- Kết nạp 56 đoàn viên khối may.")
    assert [target.indicator for target in targets] == ["doan_vien_moi", "doan_vien_moi_2"]
    assert warnings == (
        "Chỉ tiêu “Kết nạp 56 đoàn viên khối may” đếm cùng một việc với chỉ tiêu ở trên nên em để riêng;"
        " báo cáo qua tin nhắn chỉ tính cho chỉ tiêu ở trên.",
    )


def test_a_made_code_does_not_depend_on_the_goal() -> None:
    (this_year,), _ = read("- Tỷ lệ CĐCS tham gia hội thao: 80%")
    (next_year,), _ = read("- Tỷ lệ CĐCS tham gia hội thao: đạt từ 85% trở lên")
    assert this_year.indicator == next_year.indicator == "ty_le_cdcs_tham_gia_hoi_thao"


def test_it_warns_of_a_target_without_a_number() -> None:
    targets, warnings = read("- Kết nạp 5 đoàn viên.\n- Nâng cao đời sống đoàn viên.")
    assert len(targets) == 1
    assert warnings == ("Chỉ tiêu “Nâng cao đời sống đoàn viên” không có con số nên em chưa đưa vào.",)


def test_it_warns_of_an_upper_limit() -> None:
    (target,), warnings = read("- Số vụ ngừng việc không quá 02 vụ")
    assert target.goal == 2
    assert warnings == (
        "Chỉ tiêu “Số vụ ngừng việc không quá 02 vụ” là mức không được vượt quá 2; tiến độ của chỉ tiêu này"
        " xin theo dõi riêng giúp em.",
    )
