using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Fathom.Domain.Values;

namespace Fathom.Domain.Messages;

/// <summary>A named value of a log record. A pair turns into one by itself: <c>("spread", 2.5)</c>.</summary>
public readonly struct LogField
{
    /// <summary>Longest name, in bytes; a longer one is cut.</summary>
    public const int NameBytesMax = 32;

    private readonly string? _name;
    private readonly string? _text;
    private readonly long _bits;

    private LogField(string? name, LogFieldKind kind, long bits, string? text = null)
    {
        _name = name;
        Kind = kind;
        _bits = bits;
        _text = text;
    }

    /// <summary>A number; NaN is allowed.</summary>
    public LogField(string name, double value) : this(name, LogFieldKind.Number, BitConverter.DoubleToInt64Bits(value)) { }

    /// <summary>A whole number.</summary>
    public LogField(string name, long value) : this(name, LogFieldKind.Integer, value) { }

    /// <summary>A text; cut where the record ends.</summary>
    public LogField(string name, string value) : this(name, LogFieldKind.Text, 0, value) { }

    /// <summary>A price, exactly; None is allowed.</summary>
    public LogField(string name, Price value) : this(name, LogFieldKind.Price, value.Nanos) { }

    /// <summary>A quantity, exactly; None is allowed.</summary>
    public LogField(string name, Quantity value) : this(name, LogFieldKind.Quantity, value.Nanos) { }

    /// <summary>A claim.</summary>
    public LogField(string name, bool value) : this(name, LogFieldKind.Boolean, value ? 1 : 0) { }

    public static implicit operator LogField((string Name, double Value) field) => new(field.Name, field.Value);
    public static implicit operator LogField((string Name, long Value) field) => new(field.Name, field.Value);
    public static implicit operator LogField((string Name, string Value) field) => new(field.Name, field.Value);
    public static implicit operator LogField((string Name, Price Value) field) => new(field.Name, field.Value);
    public static implicit operator LogField((string Name, Quantity Value) field) => new(field.Name, field.Value);
    public static implicit operator LogField((string Name, bool Value) field) => new(field.Name, field.Value);

    public string Name => _name ?? "";
    public LogFieldKind Kind { get; }

    /// <summary>The value of a <see cref="LogFieldKind.Number"/>; NaN of any other kind.</summary>
    public double Number => Kind == LogFieldKind.Number ? BitConverter.Int64BitsToDouble(_bits) : double.NaN;

    /// <summary>The value of a <see cref="LogFieldKind.Integer"/>; 0 of any other kind.</summary>
    public long Integer => Kind == LogFieldKind.Integer ? _bits : 0;

    /// <summary>The value of a <see cref="LogFieldKind.Boolean"/>; false of any other kind.</summary>
    public bool Boolean => Kind == LogFieldKind.Boolean && _bits != 0;

    /// <summary>The value in words: exact, with a point and without a thousands separator; empty for a price or quantity that is not stated.</summary>
    public string Text => Kind switch
    {
        LogFieldKind.Number => Number.ToString("R", CultureInfo.InvariantCulture),
        LogFieldKind.Integer => _bits.ToString(CultureInfo.InvariantCulture),
        LogFieldKind.Price => new Price(_bits).ToString(),
        LogFieldKind.Quantity => new Quantity(_bits).ToString(),
        LogFieldKind.Boolean => _bits != 0 ? "true" : "false",
        _ => _text ?? "",
    };

    public override string ToString() => $"{Name}={Text}";

    /// <returns>Bytes written; 0 where there is no room for the name and the value. A text needs room for four bytes of it only.</returns>
    internal int Write(Span<byte> to)
    {
        Span<byte> name = stackalloc byte[NameBytesMax];
        name = name[..CutText.Write(_name, name)];
        int at = 2 + name.Length;
        if (Kind == LogFieldKind.None || to.Length < at + ShortestValue()) return 0;
        to[0] = (byte)Kind;
        to[1] = (byte)name.Length;
        name.CopyTo(to[2..]);
        switch (Kind)
        {
            case LogFieldKind.Text:
                Span<byte> room = to[(at + 1)..];
                int length = CutText.Write(_text, room[..Math.Min(room.Length, byte.MaxValue)]);
                to[at] = (byte)length;
                return at + 1 + length;
            case LogFieldKind.Boolean:
                to[at] = (byte)_bits;
                return at + 1;
            default:
                BinaryPrimitives.WriteInt64LittleEndian(to[at..], _bits);
                return at + sizeof(long);
        }
    }

    /// <returns>Bytes read; 0 where there is no whole field.</returns>
    internal static int Read(ReadOnlySpan<byte> from, out LogField field)
    {
        field = default;
        if (from.Length < 3 || from.Length < 3 + from[1]) return 0;
        LogFieldKind kind = (LogFieldKind)from[0];
        string name = Encoding.UTF8.GetString(from.Slice(2, from[1]));
        int at = 2 + from[1];
        switch (kind)
        {
            case LogFieldKind.Text:
                int length = from[at++];
                if (from.Length < at + length) return 0;
                field = new LogField(name, kind, 0, Encoding.UTF8.GetString(from.Slice(at, length)));
                return at + length;
            case LogFieldKind.Boolean:
                field = new LogField(name, kind, from[at]);
                return at + 1;
            case LogFieldKind.Number or LogFieldKind.Integer or LogFieldKind.Price or LogFieldKind.Quantity:
                if (from.Length < at + sizeof(long)) return 0;
                field = new LogField(name, kind, BinaryPrimitives.ReadInt64LittleEndian(from[at..]));
                return at + sizeof(long);
            default:
                return 0;
        }
    }

    private int ShortestValue() => Kind switch
    {
        LogFieldKind.Text => 1 + Math.Min(Encoding.UTF8.GetByteCount(_text ?? ""), 4),
        LogFieldKind.Boolean => 1,
        _ => sizeof(long),
    };
}
