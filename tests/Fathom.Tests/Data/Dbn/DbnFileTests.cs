using Fathom.Data.Dbn;
using Fathom.Domain;
using Fathom.Domain.Messages;

namespace Fathom.Tests.Data.Dbn;

public class DbnFileTests
{
    private static readonly byte[] s_sound = DbnBuilder.WithHeader(mappings: ("ESM4", [(19700101, 20240509, "7")])).Add(DbnBuilder.Mbo(1, 2)).Add(DbnBuilder.Mbo(3, 4)).ToArray();

    [Fact]
    public void What_is_not_a_sound_file_is_refused_in_words_and_never_otherwise()
    {
        Refused([], "empty");
        Refused([0x44], "does not start with|1 bytes");
        Refused("not a DBN file at all"u8.ToArray(), "does not start with 'DBN'");
        Refused([0x51, 0x2A, 0x4D, 0x18, 0, 0, 0, 0], "legacy DBZ");
        Refused(Changed(3, 0), "DBN version 0");
        Refused(Changed(3, 4), "DBN version 4");
        Refused(Changed(4, 50, 0, 0, 0), "header length of");
        Refused(Changed(7, 0xFF), "header length of");
        Refused(Changed(7, 0x10), "inside the header");
        Refused(Changed(112, 0xFF, 0xFF, 0xFF, 0x0F), "symbols at byte 112");
        Refused(Changed(108, 1), "schema definition");
        Refused(Changed(53, 0, 0), "symbol length");
        Refused(Changed(53, 21, 0), "symbol length");
        Refused(s_sound[..^1], "inside a record");
        Refused([.. s_sound, 0, 0xA0, .. new byte[54]], "record length of 0 bytes at byte");
        Refused([.. s_sound, 10, 0xA0, .. new byte[54]], "mbo record of 40 bytes at byte");
        Refused([0x28, 0xB5, 0x2F, 0xFD, 1, 2, 3, 4, 5, 6, 7, 8], "zstd frame");
    }

    [Fact]
    public void A_directory_and_a_missing_file_are_refused()
    {
        using TemporaryFile file = new([]);
        Assert.Contains("a directory", Assert.Throws<InputException>(() => DbnFile.Open(Path.GetDirectoryName(file.Path)!)).Message);
        Assert.Contains("no such file", Assert.Throws<InputException>(() => DbnFile.Open(file.Path + ".none")).Message);
        Assert.Throws<InputException>(() => DbnFile.Open(""));
    }

    [Fact]
    public void A_cut_file_gives_its_whole_records_when_that_is_allowed()
    {
        for (int cut = 1; cut < 56; cut++)
        {
            using TemporaryFile file = new(s_sound[..^cut]);
            Assert.Equal("Do", MessageList.Read(file.Path, new DbnReadOptions { AllowTruncated = true }).Types);
        }
    }

    [Fact]
    public void Messages_before_the_damage_come_out_first()
    {
        using TemporaryFile file = new([.. s_sound, 0, 0, 0, 0]);
        using DbnSource source = DbnFile.Open(file.Path);
        byte[] buffer = new byte[4096];
        Assert.Equal(176 + 2 * 64, source.Read(buffer));
        Assert.Throws<InputException>(() => source.Read(buffer));
    }

    [Theory]
    [InlineData(360, 1)]
    [InlineData(400, 2)]
    [InlineData(520, 3)]
    [InlineData(528, 3)]
    public void The_version_of_a_fragment_follows_from_its_records(int length, byte version)
    {
        DbnBuilder file = DbnBuilder.WithoutHeader().Add(DbnBuilder.Mbo(1, 2, extra: length % 16 == 0 && length == 528 ? 8 : 0)).Add(DbnBuilder.Record(0x13, length));
        using TemporaryFile temporary = new(file.ToArray(), "test.frag");
        using DbnSource source = DbnFile.Open(temporary.Path);
        Assert.Equal(version, source.Header.Version);
        Assert.Equal(length == 528, source.Header.HasSendTimes);
        using DbnSource stated = DbnFile.Open(temporary.Path, new DbnReadOptions { Version = 2 });
        Assert.Equal(2, stated.Header.Version);
        Assert.Throws<InputException>(() => DbnFile.Open(temporary.Path, new DbnReadOptions { Version = 9 }));
    }

    [Fact]
    public void A_file_without_magic_is_a_fragment_only_by_name_or_by_option()
    {
        byte[] bytes = DbnBuilder.WithoutHeader().Add(DbnBuilder.Mbo(1, 2)).ToArray();
        using TemporaryFile plain = new(bytes), named = new(bytes, "a.dbn.frag");
        Assert.Contains("--fragment", Assert.Throws<InputException>(() => DbnFile.Open(plain.Path)).Message);
        Assert.Equal("Do", MessageList.Read(plain.Path, new DbnReadOptions { IsFragment = true }).Types);
        Assert.Equal("Do", MessageList.Read(named.Path).Types);
    }

    [Fact]
    public void Definitions_of_another_file_describe_the_instruments_from_their_time_on()
    {
        using TemporaryFile definitions = new(DbnBuilder.WithHeader(schema: 9).Add(DbnBuilder.Definition(10, "ESM4")).Add(DbnBuilder.Definition(20, "ESM4", tick: 500_000_000)).ToArray());
        DbnBuilder file = DbnBuilder.WithHeader();
        for (uint time = 5; time < 25; time += 5) file.Add(DbnBuilder.Mbo(time, time));

        MessageList list = MessageList.Read(file, new DbnReadOptions { Definitions = definitions.Path });

        Assert.Equal("Doooco", list.Types);
        Assert.Equal("ESM4", list.At<InstrumentDefinition>(0).Symbol.ToString());
        Assert.Equal(50m, list.At<InstrumentDefinition>(0).Multiplier);
        Assert.Throws<InputException>(() => MessageList.Read(file, new DbnReadOptions { Definitions = definitions.Path + ".none" }));
    }

    [Fact]
    public void A_number_is_wanted_from_when_another_files_definition_gives_it_the_wanted_symbol()
    {
        using TemporaryFile definitions = new(DbnBuilder.WithHeader(schema: 9).Add(DbnBuilder.Definition(10, "OLD")).Add(DbnBuilder.Definition(20, "NEW")).ToArray());
        DbnBuilder file = DbnBuilder.WithHeader();
        for (uint time = 10; time < 30; time += 5) file.Add(DbnBuilder.Mbo(time, time));

        MessageList list = MessageList.Read(file, new DbnReadOptions { Definitions = definitions.Path, Instruments = ["NEW"] });

        Assert.Equal("Doo", list.Types);
        Assert.Equal(20, list.At<MarketByOrder>(1).Header.ReceiveTime.Nanos);
    }

    /// <summary>Random and mutated files under seeds: only InputException, never a crash, a hang or much memory. <see cref="Fuzz"/> runs it longer.</summary>
    [Fact]
    public void Whatever_the_bytes_only_input_errors_come_out()
    {
        double seconds = Fuzz.Seconds(1.5);
        byte[][] seeds = [s_sound, Rich(1), Rich(2), Rich(3), Compressed(), DbnBuilder.WithoutHeader().Add(DbnBuilder.Mbo(1, 2)).Add(DbnBuilder.Definition(1, "X")).ToArray()];
        long deadline = Environment.TickCount64 + (long)(seconds * 1000);
        for (int seed = 0; Environment.TickCount64 < deadline || seed < 50; seed++)
        {
            byte[] bytes = Mutate(seeds[seed % seeds.Length], new Random(seed));
            using TemporaryFile file = new(bytes, seed % 3 == 0 ? "test.frag" : "test.dbn");
            try
            {
                MessageList.Read(file.Path, new DbnReadOptions { AllowTruncated = seed % 2 == 0 });
            }
            catch (InputException)
            {
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}: {error}");
            }
        }
    }

    private static byte[] Rich(byte version) => DbnBuilder.WithHeader(version, sendTimes: version == 2, mappings: [("AAA", [(20240101, 20240102, "7"), (20240103, 20250101, "8")])])
        .Add(DbnBuilder.SymbolMapping(1, "BBB", 9, 1, 100)).Add(DbnBuilder.Definition(2, "CCC", 10)).Add(DbnBuilder.Status(3, 3, 7)).Add(DbnBuilder.Mbo(4, 4, instrument: 9))
        .Add(DbnBuilder.Mbo(5, 5, instrument: 10)).Add(DbnBuilder.Record(0x13, 360)).Add(DbnBuilder.Record(0x13, 400)).Add(DbnBuilder.Record(0x16, 80)).Add(DbnBuilder.Mbo(6, 6, extra: 8)).ToArray();

    private static byte[] Compressed()
    {
        using TemporaryFile folder = new([]);
        string path = folder.Path + ".zst";
        using (DbnWriter writer = DbnWriter.Create(path))
        {
            writer.Write(MessageList.Read(DbnBuilder.WithHeader().Add(DbnBuilder.Mbo(1, 2)).Add(DbnBuilder.Mbo(1, 3))).ToArray());
            writer.Complete();
        }
        return File.ReadAllBytes(path);
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        byte[] mutated = random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : [.. bytes];
        for (int i = random.Next(12); i > 0 && mutated.Length > 0; i--)
        {
            int at = random.Next(3) == 0 ? Math.Min(random.Next(140), mutated.Length - 1) : random.Next(mutated.Length);
            mutated[at] = random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => (byte)random.Next(256) };
        }
        return random.Next(5) == 0 ? [.. mutated, .. mutated] : mutated;
    }

    private static byte[] Changed(int at, params byte[] with)
    {
        byte[] bytes = [.. s_sound];
        with.CopyTo(bytes, at);
        return bytes;
    }

    private static void Refused(byte[] bytes, string because)
    {
        InputException error = Assert.Throws<InputException>(() =>
        {
            using TemporaryFile file = new(bytes);
            MessageList.Read(file.Path);
        });
        Assert.Contains(because.Split('|'), word => error.Message.Contains(word, StringComparison.Ordinal));
    }
}
