using System.Text;
using Fathom.Domain;
using Fathom.Host.Configuration;
using Fathom.Host.Configuration.Toml;

namespace Fathom.Tests.Host.Configuration.Toml;

public class TomlReaderTests
{
    private const string Sample = """"
        # a comment
        title = "quoted \"text\" \u00e9\t"
        literal = 'C:\no\escape'
        lines = """
        first
        second \
            and on"""
        count = +1_000
        mask = 0xff
        price = 64.81
        small = -2.5e-3
        endless = [inf, nan]
        isOn = true
        from = 2025-10-20T13:30:00.5-05:00
        local = 2025-10-20 13:30:00
        day = 2025-10-20
        hour = 13:30:00
        list = [ 1, # one
          2, ]
        inner = { a.b = 1, c = "x" }
        "a key" = 1
        dotted.one = 1
        dotted.two = 2

        [venue]
        entry_latency = "1ms"
        [instrument."CL.FUT"]
        tick = 0.01
        [[strategy]]
        name = "first"
        [strategy.params]
        width = 2
        [[strategy]]
        name = "second"

        """";

    [Theory]
    [InlineData("title", "\"quoted \\\"text\\\" é\\u0009\"")]
    [InlineData("literal", "\"C:\\\\no\\\\escape\"")]
    [InlineData("lines", "\"first\\nsecond and on\"")]
    [InlineData("count", "1000")]
    [InlineData("mask", "255")]
    [InlineData("price", "64.81")]
    [InlineData("small", "-2.5e-3")]
    [InlineData("endless", "[inf, nan]")]
    [InlineData("isOn", "true")]
    [InlineData("from", "2025-10-20T13:30:00.5-05:00")]
    [InlineData("local", "2025-10-20T13:30:00")]
    [InlineData("day", "2025-10-20")]
    [InlineData("hour", "13:30:00")]
    [InlineData("list", "[1, 2]")]
    [InlineData("inner", "{ a = { b = 1 }, c = \"x\" }")]
    [InlineData("a key", "1")]
    [InlineData("dotted", "{ one = 1, two = 2 }")]
    [InlineData("venue", "{ entry_latency = \"1ms\" }")]
    [InlineData("instrument", "{ \"CL.FUT\" = { tick = 0.01 } }")]
    [InlineData("strategy", "[{ name = \"first\", params = { width = 2 } }, { name = \"second\" }]")]
    public void Every_kind_of_value_is_read(string key, string literal) => Assert.Equal(literal, Read(Sample).Entries[key].ToString());

    [Fact]
    public void A_value_knows_its_line_and_column()
    {
        TomlTable table = Read(Sample);
        Assert.Equal(new ValueOrigin(ValueLayer.File, "test.toml", 2, 9), table.Entries["title"].Origin);
        Assert.Equal("test.toml:26:17", ((TomlTable)table.Entries["venue"]).Entries["entry_latency"].Origin.ToString());
        Assert.Equal(((TomlArray)table.Entries["list"]).Items[1].Origin, new ValueOrigin(ValueLayer.File, "test.toml", 19, 3));
    }

    [Theory]
    [InlineData("a = 1\na = 2", "test.toml:2:1")]
    [InlineData("[a]\n[a]", "test.toml:2:1")]
    [InlineData("[a.b]\n[a]\nb.c = 1", "test.toml:3:1")]
    [InlineData("a.b = 1\n[a]", "test.toml:2:1")]
    [InlineData("a = { b = 1 }\n[a.c]", "test.toml:2:1")]
    [InlineData("a = [1]\n[[a]]", "test.toml:2:1")]
    [InlineData("[[a]]\n[a]", "test.toml:2:1")]
    [InlineData("a = { b = 1, }", "test.toml:1:14")]
    [InlineData("a = {\nb = 1}", "test.toml:1:6")]
    [InlineData("a = [1 2]", "test.toml:1:8")]
    [InlineData("a = [1", "test.toml:1:7")]
    [InlineData("a = \"x", "test.toml:1:5")]
    [InlineData("a = \"x\ny\"", "test.toml:1:5")]
    [InlineData("a = \"\\x41\"", "test.toml:1:6")]
    [InlineData("a = \"\\ud800\"", "test.toml:1:6")]
    [InlineData("a = 012", "test.toml:1:5")]
    [InlineData("a = 1__0", "test.toml:1:5")]
    [InlineData("a = 1.", "test.toml:1:5")]
    [InlineData("a = .5", "test.toml:1:5")]
    [InlineData("a = 9223372036854775808", "test.toml:1:5")]
    [InlineData("a = +0x1", "test.toml:1:5")]
    [InlineData("a = 2025-02-29", "test.toml:1:5")]
    [InlineData("a = 2025-10-20T13:30Z", "test.toml:1:5")]
    [InlineData("a = yes", "test.toml:1:5")]
    [InlineData("a =", "test.toml:1:4")]
    [InlineData("a", "test.toml:1:2")]
    [InlineData("= 1", "test.toml:1:1")]
    [InlineData("a = 1 b = 2", "test.toml:1:7")]
    [InlineData("[a", "test.toml:1:3")]
    [InlineData("# \u0001", "test.toml:1:3")]
    [InlineData("a = 1\rb = 2", "test.toml:1:6")]
    public void What_is_not_TOML_is_refused_at_its_place(string text, string place) => Assert.Equal(place, Assert.Throws<InputException>(() => Read(text)).Subject);

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused_at_their_place()
    {
        byte[] bytes = [.. "a = 1\nb = '"u8, 0xFF, (byte)'\''];
        Assert.Equal("test.toml:2:6", Assert.Throws<InputException>(() => TomlReader.Read(bytes, "test.toml")).Subject);
    }

    [Fact]
    public void A_byte_order_mark_at_the_start_is_skipped() => Assert.Equal("1", Read("\uFEFFa = 1").Entries["a"].ToString());

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{ a = ", " }")]
    public void Nesting_is_bounded(string open, string close)
    {
        string Nested(int depth) => $"a = {string.Concat(Enumerable.Repeat(open, depth))}1{string.Concat(Enumerable.Repeat(close, depth))}";
        Assert.NotNull(Read(Nested(TomlReader.DepthMax)));
        Assert.Equal("deeper nesting", Assert.Throws<InputException>(() => Read(Nested(TomlReader.DepthMax + 1))).Found);
    }

    [Fact]
    public void Length_and_parts_of_a_key_are_bounded()
    {
        Assert.Throws<InputException>(() => TomlReader.Read(new byte[TomlReader.LengthMax + 1], "test.toml"));
        Assert.Throws<InputException>(() => Read(string.Concat(Enumerable.Repeat("a.", 100_000)) + "a = 1"));
        Assert.Throws<InputException>(() => Read(string.Concat(Enumerable.Repeat("[", 100_000))));
    }

    [Theory]
    [InlineData("[[a]]\nb=1\n")]
    [InlineData("[[a.a]]\n")]
    [InlineData("[[a]]\n[a.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b]\n")]
    [InlineData("[[a]]\nb.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b=1\n")]
    [InlineData("[[a]]\nb=[{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}]\n")]
    [InlineData("# \n")]
    public void Memory_is_bounded_for_the_longest_text(string piece)
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, TomlReader.LengthMax / piece.Length)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        TomlReader.Read(text, "test.toml");
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 100_000_000, $"{allocated:N0} bytes");
    }

    [Fact]
    public void Random_and_mutated_text_is_read_or_refused()
    {
        byte[] sample = Encoding.UTF8.GetBytes(Sample);
        for (int seed = 0; seed < Fuzz.Seeds(10_000); seed++)
        {
            Random random = new(seed);
            byte[] bytes = seed % 4 == 0 ? RandomText(random) : Mutated(sample, random);
            Exception? refusal = Record.Exception(() => TomlReader.Read(bytes, "test.toml"));
            Assert.True(refusal is null or InputException, $"seed {seed}: {refusal}");
        }
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        string written = TomlWriter.Literal(Read(Sample));
        Assert.True(TomlReader.TryReadValue(written, new ValueOrigin(ValueLayer.Set, "again"), out TomlNode? again));
        Assert.Equal(written, again.ToString());
    }

    [Theory]
    [InlineData("1ms")]
    [InlineData("/some/path")]
    [InlineData("1 2")]
    [InlineData("")]
    public void Text_that_is_no_value_is_not_read_as_one(string text) => Assert.False(TomlReader.TryReadValue(text, ValueOrigin.Default, out _));

    private static byte[] RandomText(Random random)
    {
        const string Alphabet = "ab.=[]{}\"'#,\n\r\t \\u0019-:TZ_+e\uFEFF\u00e9";
        StringBuilder text = new();
        for (int length = random.Next(0, 60); length > 0; length--) text.Append(Alphabet[random.Next(Alphabet.Length)]);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Mutated(byte[] sample, Random random)
    {
        byte[] bytes = [.. sample];
        for (int edits = random.Next(1, 5); edits > 0; edits--)
        {
            int at = random.Next(bytes.Length), length = random.Next(0, Math.Min(12, bytes.Length - at)), from = random.Next(sample.Length - 12);
            byte[] piece = random.Next(2) == 0 ? [(byte)random.Next(256)] : sample[from..(from + random.Next(12))];
            bytes = [.. bytes[..at], .. piece, .. bytes[(at + length)..]];
        }
        return bytes;
    }

    private static TomlTable Read(string text) => TomlReader.Read(Encoding.UTF8.GetBytes(text), "test.toml");
}
