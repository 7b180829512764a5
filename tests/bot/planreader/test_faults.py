from __future__ import annotations

import pytest

from bot.planreader.faults import explain
from bot.planreader.reader import read_plan
from domain.errors import InputError


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "lon.txt",
            b"a" * 20_000_000,
            "Tệp lon.txt lớn quá (trên 10 MB hoặc trên 5.000 đoạn) nên em chưa đọc. Anh/chị bỏ bớt ảnh và"
            " phần không thuộc kế hoạch rồi gửi lại giúp em.",
        ),
        (
            "a.pdf",
            b"%PDF",
            "Tệp a.pdf bị hỏng hoặc đang khóa bằng mật khẩu nên em không mở được. Anh/chị mở tệp, lưu lại"
            " bản mới rồi gửi giúp em.",
        ),
        (
            "a.doc",
            b"abc",
            "Em không đọc được loại tệp này: a.doc. Anh/chị lưu kế hoạch thành tệp Word (.docx), PDF hoặc văn"
            " bản (.txt) rồi gửi lại giúp em.",
        ),
        (
            "bc.txt",
            "BÁO CÁO\nKết quả công đoàn năm 2024\nI. KẾT QUẢ\n- Kết nạp 5 đoàn viên.".encode(),
            "Tệp bc.txt là báo cáo, không phải kế hoạch, nên em chưa nạp gì. Anh/chị gửi giúp em văn bản kế"
            " hoạch có chỉ tiêu hoặc nhiệm vụ.",
        ),
        (
            "a.docm",
            b"PK\x03\x04",
            "Tệp a.docm có chứa chương trình (macro) hoặc nén quá nhiều dữ liệu nên em không mở. Anh/chị lưu"
            " lại thành tệp Word thường (.docx) giúp em.",
        ),
        (
            "a.docx",
            b"abc",
            "Tệp a.docx bị hỏng hoặc đang khóa bằng mật khẩu nên em không mở được. Anh/chị mở tệp, lưu lại"
            " bản mới rồi gửi giúp em.",
        ),
        (
            "a.txt",
            b"",
            "Em không thấy chỉ tiêu hay nhiệm vụ nào trong a.txt nên chưa nạp gì. Anh/chị kiểm tra lại có"
            " đúng là văn bản kế hoạch không.",
        ),
        (
            "a.txt",
            "KẾ HOẠCH\n\nII. NHIỆM VỤ\n- A.".encode(),
            "Em chưa thấy a.txt là kế hoạch của năm nào nên chưa nạp gì. Anh/chị ghi năm vào tiêu đề, ví dụ"
            " “Hoạt động công đoàn năm 2026”.",
        ),
        (
            "a.toml",
            b"year = 2024\nyaer = 1",
            "Tệp a.toml, dòng 2: Không có mục yaer; có lẽ là year. Em chưa nạp gì.",
        ),
        (
            "a.toml",
            b"[[tasks]]\nghi_chu = 1\n",
            "Tệp a.toml, dòng 1: Thiếu mục year. Em chưa nạp gì.",
        ),
    ],
)
def test_each_fault_is_told_with_what_to_do(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(InputError) as caught:
        read_plan(name, content)
    assert explain(caught.value) == sentence
