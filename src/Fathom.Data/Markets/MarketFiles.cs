using Fathom.Data.Compression;
using Fathom.Data.Dbn;
using Fathom.Data.Files;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Data.Markets;

/// <summary>Opens the market data that the user named, whatever it is: one file as it is, several as one source. Each kind of reader has its place here and nowhere else.</summary>
public static class MarketFiles
{
    private const int FirstLength = 512;
    private const byte FirstPrintable = 0x20;

    /// <param name="registry">Gives the instruments their ids.</param>
    /// <exception cref="InputException">A file is not there, or not what it should be.</exception>
    public static IMarketSource Open(MarketOptions options, InstrumentRegistry registry)
    {
        if (options.Files is [MarketFile only]) return OpenOne(only, options.Reading, registry);
        DbnReadOptions each = options.Reading with { Definitions = null };
        if (options.Reading.Definitions is { } definitions) DbnDefinitionsFile.Read(definitions, registry);
        return new MergedMarket([.. options.Files.Select(file => PartOf(file, each, registry))], registry);
    }

    /// <summary>What a file is, by its first bytes, after decompression. It is opened and closed: not for what can be read once only.</summary>
    /// <exception cref="InputException">It cannot be opened.</exception>
    public static MarketFormat FormatOf(string path)
    {
        using StoredFile file = StoredFile.Open(path);
        if (ZstdReader.HasSkippableMagic(file.First)) return MarketFormat.Dbn;
        bool isFragment = Path.GetFileName(path).Contains(".frag", StringComparison.OrdinalIgnoreCase);
        Span<byte> first = stackalloc byte[FirstLength];
        first = first[..ReadFirst(file, first)];
        if (isFragment || DbnHeaderReader.HasMagic(first)) return MarketFormat.Dbn;
        return !first.IsEmpty && first.IndexOfAnyExceptInRange(FirstPrintable, byte.MaxValue) is var other && (other < 0 || first[other] is (byte)'\n' or (byte)'\r' or (byte)'\t')
            ? MarketFormat.Text
            : MarketFormat.Unknown;
    }

    private static int ReadFirst(StoredFile file, Span<byte> first)
    {
        try
        {
            if (ZstdReader.HasMagic(file.First))
            {
                using ZstdReader zstd = new(file, allowTruncated: true);
                return zstd.Read(first);
            }
            return file.Read(first);
        }
        catch (InputException)
        {
            return 0;      // whoever reads it says what is wrong
        }
    }

    private static IMarketSource OpenOne(MarketFile file, DbnReadOptions options, InstrumentRegistry registry)
    {
        if (IsPlain(file.Path) && !options.IsFragment && FormatOf(file.Path) == MarketFormat.Text)
            throw new InputException(file.Path, "text", "a DBN file, plain or zstd", "Name another file; text can be a series of numbers ([[series]]).");
        return DbnFile.Open(file.Path, options, registry);
    }

    private static MarketPart PartOf(MarketFile file, DbnReadOptions options, InstrumentRegistry registry)
    {
        IMarketSource Open(bool isOneOfMany) => OpenOne(file, options with { IsOneOfMany = isOneOfMany }, registry.ForOneSource());
        if (!IsPlain(file.Path)) return new MarketPart(Timestamp.Earliest, 0, null, Open);
        using IMarketSource source = OpenOne(file, options with { IsOneOfMany = true, Instruments = [], Start = Timestamp.Earliest, End = Timestamp.None }, new InstrumentRegistry());
        return new MarketPart(FirstOf(source), source.Length, source.StatedSymbols, Open);
    }

    /// <summary>When the first message takes effect: times of later ones do not come before it. A source without one is opened at the end, where it is found empty.</summary>
    private static Timestamp FirstOf(IMarketSource source)
    {
        byte[] first = new byte[Messages.LengthMax];
        if (source.Read(first) == 0) return Timestamp.None;
        Timestamp time = Messages.Header(first).ReceiveTime;
        return time.IsNone ? Timestamp.Earliest : time;
    }

    /// <summary>It can be opened again: a pipe cannot.</summary>
    private static bool IsPlain(string path) => !path.StartsWith("/dev/", StringComparison.Ordinal) && File.Exists(path) && new FileInfo(path).Length > 0;
}
