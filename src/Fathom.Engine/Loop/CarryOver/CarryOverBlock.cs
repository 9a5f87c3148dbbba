using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Loop.CarryOver;

/// <summary>A carry-over that was kept somewhere, for the edge: everything that can be wrong with it is said here, before anything runs.</summary>
public sealed class CarryOverBlock
{
    private const string Kind = "a carry-over";
    private const string Again = "Name the carry-over.fathom of another run, or run the earlier session again.";

    private readonly string _subject;
    private readonly long[] _words;

    private CarryOverBlock(string subject, long[] words)
    {
        _subject = subject;
        _words = words;
    }

    /// <summary>The whole block, from its first message to its last, 8-byte aligned.</summary>
    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(_words.AsSpan());

    /// <summary>Its first message.</summary>
    public ref readonly CarryOverBegins Begins => ref Messages.As<CarryOverBegins>(Bytes);

    /// <summary>The account's currency.</summary>
    public CurrencyCode Currency { get; private init; }

    /// <summary>Names of its owners of orders and positions, by number.</summary>
    public IReadOnlyList<string> Owners { get; private init; } = [];

    /// <summary>Reads a block and holds it to its own word.</summary>
    /// <param name="subject">What it is called in messages: the file.</param>
    /// <param name="bytes">Kept apart: later changes do not matter.</param>
    /// <exception cref="InputException">It is no carry-over, of another version, not whole, or altered.</exception>
    public static CarryOverBlock Parse(string subject, ReadOnlySpan<byte> bytes)
    {
        long[] words = new long[(bytes.Length + sizeof(long) - 1) / sizeof(long)];
        bytes.CopyTo(MemoryMarshal.AsBytes(words.AsSpan()));
        ReadOnlySpan<byte> block = MemoryMarshal.AsBytes(words.AsSpan());
        RequireBeginning(subject, bytes.Length, block);
        uint count = Messages.As<CarryOverBegins>(block).Count;
        CurrencyCode currency = CurrencyCode.None;
        List<string> owners = [];
        int at = 0;
        for (uint number = 1; number < count; number++)
        {
            ref readonly MessageHeader header = ref HeaderAt(subject, block[..bytes.Length], at, number, count);
            if (!HasItsLength(in header)) throw Altered(subject, number);
            if (header.Type == MessageType.CarriedMoney && currency.IsNone) currency = Messages.As<CarriedMoney>(block[at..]).Currency;
            if (header.Type == MessageType.CarriedOwner && Messages.As<CarriedOwner>(block[at..]) is { Owner: not CarriedOwner.External } owner) owners.Add(owner.Name.ToString());
            at += header.Length;
        }
        ref readonly MessageHeader last = ref HeaderAt(subject, block[..bytes.Length], at, count, count);
        if (last.Type != MessageType.CarryOverEnds || !HasItsLength(in last)) throw Altered(subject, count);
        CarryOverEnds ends = CarryOverWriter.EndOf(block[..at], count);
        if (at + last.Length != bytes.Length) throw new InputException(subject, "more behind its end", $"{Kind} and nothing else", Again);
        if (!block[at..bytes.Length].SequenceEqual(Messages.AsBytes(in ends))) throw new InputException(subject, "another content than its hash says", $"{Kind} as a run wrote it", "It was altered or damaged. " + Again);
        return new CarryOverBlock(subject, words) { Currency = currency, Owners = owners };
    }

    /// <summary>Holds it against the session that is to go on with it.</summary>
    /// <exception cref="InputException">It is of an account in another currency, or of other owners than those of the session.</exception>
    public void Require(EngineOptions options)
    {
        if (Currency != options.Currency)
            throw new InputException(_subject, $"an account in {Currency}", $"one in {options.Currency}, which the session's account is in", "Set account.currency to the carried one, or name another carry-over.");
        IReadOnlyList<string> names = options.OwnerNames;
        for (int i = 0; i < Owners.Count; i++)
        {
            if (i < names.Count && NoteText.Cut(names[i]).ToString() == Owners[i]) continue;
            string found = i < names.Count ? $"'{names[i]}'" : "none";
            throw new InputException(_subject, $"'{Owners[i]}' as strategy or aggregator {i + 1}, where the session has {found}", "the same names in the same order, new ones behind them",
                "Give the strategies the ids that they had, in their order, or start without a carry-over.");
        }
    }

    /// <summary>The instruments that it defines, under the ids of the session that wrote it.</summary>
    public IReadOnlyList<InstrumentDefinition> Definitions()
    {
        List<InstrumentDefinition> definitions = [];
        ForEach((in MessageHeader header, ReadOnlySpan<byte> message) =>
        {
            if (header.Type == MessageType.InstrumentDefined) definitions.Add(Messages.As<InstrumentDefinition>(message));
        });
        return definitions;
    }

    /// <summary>The block under the ids that its instruments have in the next session.</summary>
    /// <param name="place">The id of each definition.</param>
    /// <exception cref="InputException">Two of its instruments are one in the next session.</exception>
    public CarryOverBlock Placed(Func<InstrumentDefinition, InstrumentId> place)
    {
        Dictionary<InstrumentId, InstrumentId> ids = [];
        HashSet<InstrumentId> taken = [];
        foreach (InstrumentDefinition definition in Definitions())
        {
            InstrumentId id = place(definition);
            if (!taken.Add(id)) throw new InputException(_subject, $"two instruments that are {definition.Symbol} here", "each instrument once", Again);
            ids.Add(definition.Header.Instrument, id);
        }
        return Changed((ref MessageHeader header, Span<byte> _) =>
        {
            if (header.Instrument.IsNone) return;
            if (!ids.TryGetValue(header.Instrument, out InstrumentId id)) throw new InputException(_subject, $"the instrument {header.Instrument} without a definition", "one for each instrument", Again);
            header.Instrument = id;
        });
    }

    /// <summary>The block for a session whose venue is another than that to which the orders went: what was there is in doubt, and the venue is to be asked.</summary>
    /// <param name="reason">Why.</param>
    public CarryOverBlock Doubted(ReasonCode reason)
    {
        Timestamp clock = Begins.Clock;
        return Changed((ref MessageHeader header, Span<byte> message) => Doubt(in header, message, reason, clock));
    }

    private static void Doubt(in MessageHeader header, Span<byte> message, ReasonCode reason, Timestamp clock)
    {
        if (header.Type != MessageType.CarriedOrder) return;
        ref CarriedOrder order = ref MemoryMarshal.AsRef<CarriedOrder>(message);
        if ((order.Facts & CarriedOrderFacts.Here) != 0) return;
        (order.Status, order.Doubt, order.DoubtSince, order.DoubtDue) = (OrderStatus.Unknown, reason, clock, clock);
        (order.VenueOrderId, order.LastSequence, order.LastFill, order.Question, order.Attempts) = (0, 0, 0, 0, 0);      // another venue's numbers
    }

    /// <summary>Hands each message to the engine.</summary>
    public void StepInto(Action<ReadOnlySpan<byte>> step) => ForEach((in MessageHeader _, ReadOnlySpan<byte> message) => step(message));

    private delegate void Look(in MessageHeader header, ReadOnlySpan<byte> message);

    private delegate void Change(ref MessageHeader header, Span<byte> message);

    private void ForEach(Look look)
    {
        for (ReadOnlySpan<byte> rest = Bytes; !rest.IsEmpty; rest = rest[Messages.Header(rest).Length..])
            look(in Messages.Header(rest), rest[..Messages.Header(rest).Length]);
    }

    /// <summary>A copy with changed messages and their hash.</summary>
    private CarryOverBlock Changed(Change change)
    {
        long[] words = (long[])_words.Clone();
        Span<byte> block = MemoryMarshal.AsBytes(words.AsSpan()), rest = block;
        for (int length; !rest.IsEmpty; rest = rest[length..])
        {
            ref MessageHeader header = ref MemoryMarshal.AsRef<MessageHeader>(rest);
            length = header.Length;
            change(ref header, rest[..length]);
        }
        int end = block.Length - Unsafe.SizeOf<CarryOverEnds>();
        CarryOverEnds ends = CarryOverWriter.EndOf(block[..end], Begins.Count);
        Messages.AsBytes(in ends).CopyTo(block[end..]);
        return new CarryOverBlock(_subject, words) { Currency = Currency, Owners = Owners };
    }

    private static void RequireBeginning(string subject, int length, ReadOnlySpan<byte> block)
    {
        bool isOne = length >= Unsafe.SizeOf<CarryOverBegins>() && Messages.Header(block).Type == MessageType.CarryOverBegins && HasItsLength(in Messages.Header(block));
        if (!isOne) throw new InputException(subject, "a file of another kind, or the rest of one", Kind, Again);
        ushort version = Messages.As<CarryOverBegins>(block).Version;
        if (version != CarryOverBegins.CurrentVersion)
            throw new InputException(subject, $"{Kind} of version {version}", $"one of version {CarryOverBegins.CurrentVersion}", "Go on with the program that wrote it, or run the earlier session again with this one.");
    }

    private static ref readonly MessageHeader HeaderAt(string subject, ReadOnlySpan<byte> block, int at, uint number, uint count)
    {
        int left = block.Length - at;
        if (left < Unsafe.SizeOf<MessageHeader>() || left < Messages.Header(block[at..]).Length)
            throw new InputException(subject, string.Create(CultureInfo.InvariantCulture, $"{number - 1} of {count} messages"), $"a whole {Kind[2..]}", "It is cut off. " + Again);
        return ref Messages.Header(block[at..]);
    }

    private static InputException Altered(string subject, uint number) =>
        new(subject, string.Create(CultureInfo.InvariantCulture, $"a message {number} that is none of {Kind}"), $"{Kind} as a run wrote it", "It was altered or damaged. " + Again);

    private static bool HasItsLength(in MessageHeader header) => header.Length == header.Type switch
    {
        MessageType.CarryOverBegins => Unsafe.SizeOf<CarryOverBegins>(),
        MessageType.InstrumentDefined => Unsafe.SizeOf<InstrumentDefinition>(),
        MessageType.ContextValue => Unsafe.SizeOf<ContextValue>(),
        MessageType.CarriedAccount => Unsafe.SizeOf<CarriedAccount>(),
        MessageType.CarriedPeak => Unsafe.SizeOf<CarriedPeak>(),
        MessageType.CarriedKill => Unsafe.SizeOf<CarriedKill>(),
        MessageType.CarriedKillBase => Unsafe.SizeOf<CarriedKillBase>(),
        MessageType.CarriedMoney => Unsafe.SizeOf<CarriedMoney>(),
        MessageType.CarriedOwner => Unsafe.SizeOf<CarriedOwner>(),
        MessageType.CarriedLedger => Unsafe.SizeOf<CarriedLedger>(),
        MessageType.CarriedInstrument => Unsafe.SizeOf<CarriedInstrument>(),
        MessageType.CarriedHolding => Unsafe.SizeOf<CarriedHolding>(),
        MessageType.CarriedOrder => Unsafe.SizeOf<CarriedOrder>(),
        MessageType.CarriedOrderList => Unsafe.SizeOf<CarriedOrderList>(),
        MessageType.CarriedExternalOrder => Unsafe.SizeOf<CarriedExternalOrder>(),
        MessageType.CarriedExecutions => Unsafe.SizeOf<CarriedExecutions>(),
        MessageType.CarriedRiskState => Unsafe.SizeOf<CarriedRiskState>(),
        MessageType.CarriedOrderTimes => Unsafe.SizeOf<CarriedOrderTimes>(),
        MessageType.CarryOverEnds => Unsafe.SizeOf<CarryOverEnds>(),
        _ => -1,
    };
}
