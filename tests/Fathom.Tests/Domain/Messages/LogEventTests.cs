using System.Runtime.InteropServices;
using System.Text;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Domain.Messages;

public class LogEventTests
{
    [Fact]
    public void Its_bytes_are_as_stated()
    {
        LogEvent entry = Written("hi", ("n", 1.5), ("ä", -2), ("t", "語"), ("b", true), ("p", new Price(258)), ("q", new Quantity(1)));
        byte[] expected =
        [
            .. "hi"u8, 1, 1, .. "n"u8, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 2, 2, .. "ä"u8, 0xFE, 255, 255, 255, 255, 255, 255, 255, 3, 1, .. "t"u8, 3, .. "語"u8,
            6, 1, .. "b"u8, 1, 4, 1, .. "p"u8, 2, 1, 0, 0, 0, 0, 0, 0, 5, 1, .. "q"u8, 1, 0, 0, 0, 0, 0, 0, 0,
        ];
        Assert.Equal((2, 6, 0, expected.Length), (entry.MessageLength, entry.FieldCount, entry.FieldsLeftOut, entry.TextLength));
        byte[] text = Fathom.Domain.Messages.Messages.AsBytes(in entry)[80..].ToArray();
        Assert.Equal(expected, text[..expected.Length]);
        Assert.All(text[expected.Length..], left => Assert.Equal(0, left));
    }

    [Fact]
    public void What_fits_is_given_back_and_what_does_not_is_cut_or_counted()
    {
        for (int seed = 0; seed < 3_000; seed++)
        {
            Random random = new(seed);
            string message = CutTextTests.Random(random, random.Next(random.Next(2) == 0 ? 20 : 300));
            LogField[] fields = [.. Enumerable.Range(0, random.Next(random.Next(2) == 0 ? 4 : 40)).Select(_ => AField(random))];
            LogEvent entry = default;
            MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref entry.Text, 1)).Fill(0xAA);      // nothing of what was there before stays
            entry.Write(message, fields);

            ReadOnlySpan<byte> text = entry.Text;
            Assert.True(!text[entry.TextLength..].ContainsAnyExcept((byte)0), $"seed {seed}: what follows is zero");
            Assert.True(IsCut(message, entry.Message, fields.Length == 0 ? LogText.Length : LogEvent.MessageBytesMax), $"seed {seed}: message '{message}' became '{entry.Message}'");
            LogField[] kept = entry.Fields();
            Assert.True(kept.Length == entry.FieldCount && kept.Length + entry.FieldsLeftOut == fields.Length, $"seed {seed}: {kept.Length} fields and {entry.FieldsLeftOut} left out of {fields.Length}");
            int at = 0;
            foreach (LogField field in kept)
            {
                while (!IsKept(fields[at], field)) Assert.True(++at < fields.Length, $"seed {seed}: '{field}' is none of those that were written, in their order");
                at++;
            }
            bool hasRoom = Encoding.UTF8.GetByteCount(message) <= LogEvent.MessageBytesMax && Encoding.UTF8.GetByteCount(message) + fields.Sum(Length) <= LogText.Length;
            if (hasRoom) Assert.True(fields.Select(Whole).SequenceEqual(kept.Select(Whole)) && Clean(message) == entry.Message, $"seed {seed}: everything fits");
        }
    }

    [Fact]
    public void A_message_alone_has_all_the_room()
    {
        string text = new('m', 600);
        Assert.Equal(new string('m', 509) + "…", Written(text).Message);
        Assert.Equal(new string('m', 253) + "…", Written(text, ("a", 1)).Message);
        Assert.Equal(["a=1"], Written(text, ("a", 1)).Fields().Select(field => field.ToString()));
    }

    [Fact]
    public void A_text_is_cut_where_the_room_ends_and_a_shorter_field_behind_one_without_room_stands()
    {
        LogEvent entry = Written(new string('m', 256), ("a", new string('x', 243)), ("long name", "does not fit"), ("n", 1.0), ("b", true));
        Assert.Equal((2, 2), (entry.FieldCount, entry.FieldsLeftOut));
        Assert.Equal(["a", "b"], entry.Fields().Select(field => field.Name));
        Assert.Equal(new string('x', 252) + "…", Written("m", ("a", new string('x', 300))).Fields()[0].Text);
    }

    [Fact]
    public void More_than_255_fields_without_room_are_counted_as_255()
    {
        LogEvent entry = default;
        entry.Write("m", Enumerable.Repeat(new LogField("name", 1.5), 900).ToArray());
        Assert.Equal((36, 255), (entry.FieldCount, entry.FieldsLeftOut));
    }

    [Fact]
    public void Bytes_that_are_no_record_are_read_without_harm()
    {
        for (int seed = 0; seed < 2_000; seed++)
        {
            Random random = new(seed);
            LogEvent entry = Written("message", ("a", 1.5), ("b", "text"), ("c", true));
            Span<byte> bytes = MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref entry, 1))[72..];
            if (seed % 2 == 0) random.NextBytes(bytes);
            else for (int i = 0; i < 4; i++) bytes[random.Next(60)] = (byte)random.Next(256);
            Assert.True(entry.Message.Length <= LogText.Length && entry.Fields().Length <= byte.MaxValue, $"seed {seed}");
        }
    }

    private static LogEvent Written(string message, params ReadOnlySpan<LogField> fields)
    {
        LogEvent entry = default;
        entry.Write(message, fields);
        return entry;
    }

    private static LogField AField(Random random)
    {
        string name = CutTextTests.Random(random, random.Next(random.Next(4) == 0 ? 30 : 6));
        return random.Next(6) switch
        {
            0 => new(name, random.Next(5) == 0 ? double.NaN : random.NextDouble() * 1e6 - 5e5),
            1 => new(name, random.NextInt64(long.MinValue, long.MaxValue)),
            2 => new(name, CutTextTests.Random(random, random.Next(random.Next(4) == 0 ? 200 : 10))),
            3 => new(name, new Price(random.NextInt64())),
            4 => new(name, new Quantity(-random.NextInt64())),
            _ => new(name, random.Next(2) == 0),
        };
    }

    private static string Clean(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>Names up to 32 bytes and texts up to 255 are whole.</summary>
    private static string Whole(LogField field) => $"{(int)field.Kind} {Short(field.Name, 32)}={Short(field.Text, 255)}";

    private static string Short(string text, int room)
    {
        Span<byte> bytes = new byte[room];
        return Encoding.UTF8.GetString(bytes[..CutText.Write(text, bytes)]);
    }

    private static int Length(LogField field) => 2 + Encoding.UTF8.GetByteCount(Short(field.Name, 32)) + field.Kind switch
    {
        LogFieldKind.Text => 1 + Encoding.UTF8.GetByteCount(Short(field.Text, 255)),
        LogFieldKind.Boolean => 1,
        _ => 8,
    };

    private static bool IsKept(LogField written, LogField kept) =>
        kept.Kind == written.Kind && kept.Name == Short(written.Name, 32) && (kept.Kind == LogFieldKind.Text ? IsCut(written.Text, kept.Text, 255) : kept.Text == written.Text);

    /// <summary>The text, or its beginning with an ellipsis.</summary>
    private static bool IsCut(string text, string cut, int room) =>
        cut == Clean(text) ? Encoding.UTF8.GetByteCount(cut) <= room
        : cut.EndsWith('…') && Clean(text).StartsWith(cut[..^1], StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(cut) <= room;
}
