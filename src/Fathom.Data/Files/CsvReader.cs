using System.Text;
using Fathom.Domain;

namespace Fathom.Data.Files;

/// <summary>Reads comma-separated values with a row of column names (RFC 4180): UTF-8 with or without a mark, any line ends, blank lines skipped. What is not of that
/// form is refused with its place. For files at the edge: it makes a text of every field.</summary>
public sealed class CsvReader : IDisposable
{
    /// <summary>A longer row is a file without line ends, or a quote that is never closed.</summary>
    private const int RowLengthMax = 64 * 1024;

    private const int End = -1;

    /// <summary>With which some programs begin UTF-8.</summary>
    private const char Mark = '\uFEFF';

    private readonly StreamReader _text;
    private readonly List<string> _fields = [];
    private readonly StringBuilder _field = new();
    private readonly char[] _block = new char[RowLengthMax];
    private int _at, _end;
    private int _lines = 1;
    private int _rowLength;

    private CsvReader(string path, StreamReader text)
    {
        Path = path;
        _text = text;
    }

    /// <param name="kind">What it should be, for messages: "a CSV file of a series".</param>
    /// <exception cref="InputException">It does not open, or has no row of column names, or a name twice.</exception>
    public static CsvReader Open(string path, string kind)
    {
        UTF8Encoding strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        CsvReader csv = new(path, new StreamReader(InputFile.Open(path, kind), strict, detectEncodingFromByteOrderMarks: false, bufferSize: RowLengthMax));
        try
        {
            csv.ReadColumns(kind);
            return csv;
        }
        catch
        {
            csv.Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <summary>The first row.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>Where the current row begins, counted from 1.</summary>
    public int Line { get; private set; }

    /// <summary>A field of the current row.</summary>
    public string this[int column] => _fields[column];

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="InputException">A row that has not as many fields as there are columns, is broken, or is no UTF-8.</exception>
    public bool Read()
    {
        if (!TryReadRow()) return false;
        if (_fields.Count == Columns.Count) return true;
        throw new InputException(Place, $"{Fields(_fields.Count)}", $"{Fields(Columns.Count)}, as the first row has", "Correct the row; a field with a comma in it stands in double quotes.");
    }

    /// <summary>The number of a column.</summary>
    /// <exception cref="InputException">There is none of that name.</exception>
    public int Column(string name)
    {
        for (int i = 0; i < Columns.Count; i++)
            if (Columns[i] == name) return i;
        throw new InputException($"{Path}:1", $"no column '{name}'", $"one of {string.Join(", ", Columns)}", "Name a column of the file's first row.");
    }

    /// <summary>An error about a field of the current row.</summary>
    public InputException Wrong(int column, string expected, string fix) =>
        new($"{Place}, column {Columns[column]}", _fields[column].Length == 0 ? "nothing" : $"'{Short(_fields[column])}'", expected, fix);

    public void Dispose() => _text.Dispose();

    private string Place => $"{Path}:{Line}";

    private void ReadColumns(string kind)
    {
        if (!TryReadRow()) throw new InputException(Path, "blank lines only", kind, "Name another file.");
        Columns = [.. _fields];
        for (int i = 0; i < _fields.Count; i++)
            if (_fields.IndexOf(_fields[i]) < i) throw new InputException(Place, $"the column '{Short(_fields[i])}' twice", "each column's own name", "Rename one of them.");
    }

    private bool TryReadRow()
    {
        try
        {
            return TryReadFields();
        }
        catch (DecoderFallbackException)
        {
            throw new InputException(Path, $"bytes that are no UTF-8 behind line {_lines}", "text in UTF-8", "Convert it, for example with iconv -t UTF-8.");
        }
    }

    private bool TryReadFields()
    {
        _fields.Clear();
        if (Columns.Count == 0 && Peek() == Mark) TakeOne();
        for (_rowLength = 0; Peek() is '\n' or '\r'; _rowLength = 0) ReadLineEnd();
        if (Peek() == End) return false;
        Line = _lines;
        while (ReadField()) { }
        return true;
    }

    /// <returns>True when another field of the row follows.</returns>
    private bool ReadField()
    {
        _field.Clear();
        bool isQuoted = Peek() == '"';
        if (isQuoted) ReadQuoted();
        while (Peek() is not (End or ',' or '\n' or '\r'))
        {
            int next = Next();
            if (isQuoted) throw Broken("text behind a closing quote", "a comma or the end of the line");
            if (next == '"') throw Broken("a quote in the middle of a field", "quotes only around a whole field");
            _field.Append((char)next);
        }
        _fields.Add(_field.ToString());
        if (Peek() == ',') return Next() == ',';
        ReadLineEnd();
        return false;
    }

    private void ReadQuoted()
    {
        Next();
        while (true)
        {
            if (Peek() == End) throw Broken("a quote that is never closed", "a closing quote");
            int next = Next();
            if (next == '"' && Peek() != '"') return;
            if (next == '"') Next();      // two are one
            if (next == '\n' || (next == '\r' && Peek() != '\n')) _lines++;
            _field.Append((char)next);
        }
    }

    private void ReadLineEnd()
    {
        int next = Next();
        if (next == End) return;
        if (next == '\r' && Peek() == '\n') Next();
        _lines++;
    }

    private int Next()
    {
        if (++_rowLength > RowLengthMax) throw Broken($"a row of more than {RowLengthMax} characters", "a shorter one");
        return TakeOne();
    }

    private int TakeOne()
    {
        int next = Peek();
        if (next != End) _at++;
        return next;
    }

    private int Peek()
    {
        if (_at == _end) (_at, _end) = (0, _text.Read(_block));
        return _at == _end ? End : _block[_at];
    }

    private InputException Broken(string found, string expected) =>
        new(Place, found, expected, "Correct the row; a field with a comma or a quote in it stands in double quotes, each quote in it twice.");

    private static string Fields(int count) => count == 1 ? "1 field" : $"{count} fields";

    private static string Short(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
