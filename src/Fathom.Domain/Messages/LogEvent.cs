using System.Runtime.InteropServices;
using System.Text;

namespace Fathom.Domain.Messages;

/// <summary>
/// A record of a strategy's log: 592 bytes. Published at once, in the middle of the callback.
/// <see cref="Text"/> holds, back to back from its first byte: the message (UTF-8, <see cref="MessageLength"/> bytes), then <see cref="FieldCount"/> fields, each
/// a kind (1 byte, <see cref="LogFieldKind"/>), the length of its name (1 byte, 0 to 32), the name (UTF-8), and its value: 8 bytes, little-endian, for a number (IEEE 754 double), an integer, a price
/// and a quantity (units of 1e-9); 1 byte, 0 or 1, for a boolean; a length (1 byte) and so many bytes of UTF-8 for a text. They end at <see cref="TextLength"/>; what follows is zero.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct LogEvent
{
    /// <summary>Longest message that has fields behind it, in bytes; one without has all the room.</summary>
    public const int MessageBytesMax = LogText.Length / 2;

    public MessageHeader Header;
    public OutputHeader Output;
    public LogLevel Level;
    public byte FieldCount;
    /// <summary>Fields that had no room; 255 stands for more too.</summary>
    public byte FieldsLeftOut;
    private byte _reserved;
    public ushort MessageLength;
    public ushort TextLength;
    public LogText Text;

    /// <summary>The message.</summary>
    public readonly string Message => Encoding.UTF8.GetString(Bytes[..Math.Min((int)MessageLength, LogText.Length)]);

    /// <summary>Puts in a message and its fields. What is too long is cut as <see cref="CutText"/> cuts: a message at <see cref="MessageBytesMax"/>, a name at 32 bytes, a text at 255 or where the
    /// room ends. A field that still has no room is left out and counted; a shorter one behind it may stand.</summary>
    public void Write(ReadOnlySpan<char> message, ReadOnlySpan<LogField> fields)
    {
        Span<byte> bytes = Text;
        int at = CutText.Write(message, fields.IsEmpty ? bytes : bytes[..MessageBytesMax]);
        MessageLength = (ushort)at;
        int count = 0, leftOut = 0;
        foreach (ref readonly LogField field in fields)
        {
            int length = field.Write(bytes[at..]);
            at += length;
            if (length > 0) count++;
            else leftOut++;
        }
        FieldCount = (byte)count;      // the shortest field has 3 bytes: 170 fit
        FieldsLeftOut = (byte)Math.Min(leftOut, byte.MaxValue);
        TextLength = (ushort)at;
        bytes[at..].Clear();
    }

    /// <summary>The fields, in their order. Of bytes that are no record as defined, those before the first that cannot be read.</summary>
    public readonly LogField[] Fields()
    {
        ReadOnlySpan<byte> rest = Bytes[..Math.Min((int)TextLength, LogText.Length)];
        rest = rest[Math.Min((int)MessageLength, rest.Length)..];
        LogField[] fields = new LogField[FieldCount];
        for (int i = 0; i < fields.Length; i++)
        {
            int length = LogField.Read(rest, out fields[i]);
            if (length == 0) return fields[..i];
            rest = rest[length..];
        }
        return fields;
    }

    private readonly ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in Text, 1));
}
