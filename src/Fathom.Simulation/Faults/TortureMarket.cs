using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Simulation.Generator;

namespace Fathom.Simulation.Faults;

/// <summary>The market of a run as messages in memory: made anew for each seed, or a stretch of recorded data.</summary>
public sealed class TortureMarket
{
    /// <summary>Generated markets are so many different ones; seeds take turns in them. To make one costs as much as to run it.</summary>
    public const int Variety = 64;

    private readonly GeneratorOptions? _options;
    private readonly Made?[] _made;      // whoever comes too late to find one makes the same again

    private TortureMarket(GeneratorOptions? options, params Made?[] made) => (_options, _made) = (options, made);

    /// <summary>One of <see cref="Variety"/> generated markets for each seed.</summary>
    /// <exception cref="InputException">An option is out of range.</exception>
    public static TortureMarket Generated(GeneratorOptions options)
    {
        options.Check();
        return new TortureMarket(options, new Made?[Variety]);
    }

    /// <summary>The same messages for every seed.</summary>
    /// <param name="messages">Whole messages back to back; not copied.</param>
    /// <param name="start">When the run begins, by receive time: what comes before only builds the books.</param>
    public static TortureMarket Of(ReadOnlyMemory<byte> messages, Timestamp start) => new(null, new Made(new TortureTape(messages, start)));

    /// <summary>What is run under a seed.</summary>
    public TortureTape Tape(ulong seed)
    {
        ulong number = seed % (ulong)_made.Length;
        Made made = _made[number] ??= new Made(Generate(_options! with { Seed = number + 1 }));
        return made.Tape;
    }

    private static TortureTape Generate(GeneratorOptions options)
    {
        using MarketGenerator generator = new(options);
        byte[] buffer = new byte[1 << 18];
        int length = 0;
        while (true)
        {
            int read = generator.Read(buffer.AsSpan(length));
            if (read == 0 && buffer.Length - length >= Messages.LengthMax) break;
            length += read;
            if (buffer.Length - length < Messages.LengthMax) Array.Resize(ref buffer, buffer.Length * 2);
        }
        return new TortureTape(buffer.AsMemory(0, length), OpeningOf(buffer.AsSpan(0, length)));
    }

    /// <summary>When the last instrument began to trade continuously: what comes before is no place to trade.</summary>
    private static Timestamp OpeningOf(ReadOnlySpan<byte> tape)
    {
        Timestamp opening = Timestamp.Earliest;
        for (int at = 0; at < tape.Length; at += Messages.Header(tape[at..]).Length)
        {
            ref readonly MessageHeader header = ref Messages.Header(tape[at..]);
            if (header.Type == MessageType.TradingStateChanged && Messages.As<TradingStateChanged>(tape[at..]).State == TradingState.Continuous) opening = header.ReceiveTime;
        }
        return opening;
    }

    private sealed record Made(TortureTape Tape);
}
