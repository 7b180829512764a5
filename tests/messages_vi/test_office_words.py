"""An office's own words: what a folder of .toml files gives, and what is said of its mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from messages_vi.office_words import IndicatorWords, OfficeWords, read_words, unknown_codes


def _read(folder: Path, text: str | bytes) -> tuple[OfficeWords, list[tuple[str, str]]]:
    path = folder / "rieng.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    words, faults = read_words(folder)
    return words, [(str(fault.text).replace(str(folder), "F"), str(fault.mend)) for fault in faults]


def test_it_reads_phrases_for_tables_and_words_for_indicators(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text('[indicators.cay_xanh]\nunits = ["cây"]\n', encoding="utf-8")
    (tmp_path / "README.md").write_text("not read", encoding="utf-8")
    words, faults = _read(
        tmp_path,
        '\ufeff[phrases]\nmember = ["anh em  mình", "bà con xưởng"]\n'
        '[indicators.tang_qua]\nwords = ["suất quà", "phần quà"]\nunits = ["suất", "phần"]\n',
    )
    assert faults == []
    assert words == OfficeWords(
        (("member", ("anh em mình", "bà con xưởng")),),
        (
            IndicatorWords("cay_xanh", (), ("cây",)),
            IndicatorWords("tang_qua", ("suất quà", "phần quà"), ("suất", "phần")),
        ),
    )


@pytest.mark.parametrize(
    ("text", "said", "mend"),
    [
        ("[phrase]\n", "Tệp F/rieng.toml có mục lạ: [phrase].", "Có phải ý là [phrases] không?"),
        (
            'phrases = "x"\n',
            "rieng.toml: “phrases” là một mục, không phải một giá trị.",
            "Viết dòng [phrases]",
        ),
        (
            '[phrases]\nmenber = ["a b"]\n',
            "Tệp F/rieng.toml có mục lạ: [phrases] menber.",
            "Có phải ý là [phrases] member không?",
        ),
        (
            '[indicators.tang_qua]\nword = ["suất quà"]\n',
            "Tệp F/rieng.toml có mục lạ: [indicators.tang_qua] word.",
            "Có phải ý là [indicators.tang_qua] words không?",
        ),
        (
            "[indicators]\ntang_qua = 5\n",
            "rieng.toml: “indicators.tang_qua” là một mục, không phải một giá trị.",
            "Viết dòng [indicators.tang_qua]",
        ),
        (
            '[phrases]\nmember = "anh em"\n',
            "rieng.toml: [phrases] member không phải là danh sách các cụm từ.",
            "Viết mỗi bảng theo dạng tên =",
        ),
        (
            '[phrases]\nmember = ["anh em mình", ""]\n',
            "rieng.toml: [phrases] member có '', không phải là một cụm từ.",
            "Mỗi cụm gồm một hay nhiều từ chỉ có chữ",
        ),
        (
            '[phrases]\nmember = ["đv, mới"]\n',
            "rieng.toml: [phrases] member có 'đv, mới', không phải là một cụm từ.",
            "Mỗi cụm gồm một hay nhiều từ chỉ có chữ",
        ),
        (
            "[phrases]\nmember = [5]\n",
            "rieng.toml: [phrases] member có 5, không phải là một cụm từ.",
            "Mỗi cụm gồm một hay nhiều từ chỉ có chữ",
        ),
        (
            '[indicators.tang_qua]\nwords = ["suất quà", "Suat Qua"]\n',
            "rieng.toml: [indicators.tang_qua] words có “suất quà” và “Suat Qua”, hai cụm này là một.",
            "Giữ một cụm thôi",
        ),
        (
            '[phrases]\ndialogue = ["hội nghị nlđ"]\n',
            "rieng.toml: cụm “hội nghị nlđ” ở [phrases] dialogue đã là từ của [phrases] conference.",
            "Bỏ ở một nơi",
        ),
        (
            '[indicators.tang_qua]\nwords = ["DOI THOAI"]\n',
            "rieng.toml: cụm “DOI THOAI” ở [indicators.tang_qua] words đã là từ của [phrases] dialogue.",
            "Bỏ ở một nơi",
        ),
        (
            '[indicators.a]\nwords = ["suất quà"]\n[indicators.b]\nwords = ["suat qua"]\n',
            "rieng.toml: cụm “suat qua” ở [indicators.b] words đã là từ của [indicators.a].",
            "Bỏ ở một nơi",
        ),
        (
            '[indicators.doi_thoai]\nwords = ["họp đối thoại xưởng"]\n',
            "rieng.toml: [indicators.doi_thoai] là chỉ tiêu đã có sẵn từ ngữ trong chương trình.",
            "Ghi thêm từ của nó dưới [phrases], vào bảng dialogue.",
        ),
        (
            b"[phrases]\nmember = ['\xff']\n",
            "Tệp từ ngữ F/rieng.toml chưa được lưu bằng mã UTF-8.",
            "Mở tệp bằng",
        ),
        ("[phrases\n", "rieng.toml viết chưa đúng cách của TOML: ", "Viết mỗi bảng theo dạng tên ="),
    ],
)
def test_it_says_what_is_wrong_and_how_it_is_mended(
    tmp_path: Path, text: str | bytes, said: str, mend: str
) -> None:
    _, faults = _read(tmp_path, text)
    assert len(faults) == 1, faults
    assert faults[0][0].startswith(said)
    assert faults[0][1].startswith(mend)


def test_what_is_wrong_is_left_out_and_the_rest_stays(tmp_path: Path) -> None:
    words, faults = _read(tmp_path, '[phrases]\nmember = ["anh em mình", "5"]\nxyz = ["a"]\n')
    assert len(faults) == 2
    assert words.phrases == (("member", ("anh em mình",)),)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    words, (fault,) = read_words(tmp_path / "tu-vung")
    assert words == OfficeWords()
    assert str(fault.text) == f"Không có thư mục từ ngữ {tmp_path / 'tu-vung'}."


def test_a_code_that_no_plan_has_is_told_with_the_nearest() -> None:
    words = OfficeWords(indicators=(IndicatorWords("tang_qa"), IndicatorWords("cay_xanh")))
    (fault,) = unknown_codes(words, {"tang_qua", "cay_xanh"})
    assert fault.text == "Tệp từ ngữ có chỉ tiêu tang_qa nhưng chưa kế hoạch nào có chỉ tiêu này."
    assert fault.mend == "Có phải ý là [indicators.tang_qua] không?"
    assert unknown_codes(OfficeWords(), ()) == ()
