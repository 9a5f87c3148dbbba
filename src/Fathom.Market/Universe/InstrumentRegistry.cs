using System.Globalization;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Market.Universe;

/// <summary>
/// Gives instruments their dense ids, at the edge, in the order in which they first appear in the merged input.
///
/// A venue's number is not an identity: numbers are reused, and differ from day to day on some venues. An instrument is (publisher, raw symbol,
/// activation). What a number means at a time is found in this order: a definition (in the stream, or known up front from another file), else the
/// symbol that the source maps the number to, else the bare number. What nobody stated is marked <see cref="InstrumentAssumptions"/>; when a
/// definition arrives later for the same symbol and number, the instrument keeps its dense id and changes.
/// </summary>
public sealed class InstrumentRegistry
{
    private const int PayloadOffset = 24;      // behind the message header: what makes two definitions differ

    private readonly List<InstrumentDefinition> _definitions = [];
    private readonly Dictionary<(ushort Publisher, string Symbol, Timestamp Activation), int> _byIdentity = [];
    private readonly Dictionary<(ushort Publisher, string Symbol), int> _bySymbol = [];
    private readonly Dictionary<(ushort Publisher, ulong Number), int> _byNumber = [];
    private readonly Dictionary<(ushort Publisher, ulong Number), List<InstrumentDefinition>> _knownByNumber = [];
    private readonly Dictionary<(ushort Publisher, string Symbol), List<InstrumentDefinition>> _knownBySymbol = [];
    private readonly Dictionary<string, InstrumentOverride> _overrides = [];

    /// <param name="overrides">The user's statements; the last one of a symbol wins.</param>
    public InstrumentRegistry(IReadOnlyList<InstrumentOverride>? overrides = null)
    {
        foreach (InstrumentOverride stated in overrides ?? []) _overrides[stated.Symbol] = stated;
    }

    /// <summary>A registry for one of several sources that are merged: it knows what this one was told up front, and has given no id.</summary>
    public InstrumentRegistry ForOneSource()
    {
        InstrumentRegistry registry = new() { CountMax = CountMax };
        foreach ((string symbol, InstrumentOverride stated) in _overrides) registry._overrides.Add(symbol, stated);
        foreach (((ushort, ulong) number, List<InstrumentDefinition> known) in _knownByNumber) registry._knownByNumber.Add(number, [.. known]);
        foreach (((ushort, string) symbol, List<InstrumentDefinition> known) in _knownBySymbol) registry._knownBySymbol.Add(symbol, [.. known]);
        return registry;
    }

    /// <summary>No more instruments than this get an id.</summary>
    public int CountMax { get; init; } = Instruments.CountMax;

    /// <summary>How many instruments have an id: ids are 0 to this, exclusive.</summary>
    public int Count => _definitions.Count;

    /// <summary>Goes up whenever what a number means may have changed, so that whoever remembers resolutions forgets them.</summary>
    public long Version { get; private set; }

    /// <summary>The instrument's definition as last announced.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such instrument.</exception>
    public InstrumentDefinition this[InstrumentId id] => _definitions[id.Index];

    /// <summary>Notes a definition known up front (from another file). It gives no id: it is used when its instrument first appears, and takes effect
    /// at its receive time; where the instrument appears before all of its known definitions, the earliest one stands in.</summary>
    public void Know(in InstrumentDefinition definition)
    {
        Add(_knownByNumber, (definition.Header.Source, definition.VenueInstrument), definition);
        Add(_knownBySymbol, (definition.Header.Source, definition.Symbol.ToString()), definition);
        Version++;
    }

    /// <summary>A definition arrived in the stream.</summary>
    /// <param name="definition">Header's source, event and receive time set; the instrument id is ignored.</param>
    /// <exception cref="InputException">It would be one instrument more than <see cref="CountMax"/>.</exception>
    public InstrumentResolution Define(in InstrumentDefinition definition)
    {
        InstrumentDefinition stated = definition;
        ApplyOverride(ref stated);
        (int index, MessageType announce) = Place(stated);
        if (announce != MessageType.None)
        {
            Version++;
            if (IsKnown(stated)) Know(stated);      // so that a definition known up front does not win over a newer one of the stream
        }
        return new InstrumentResolution(new InstrumentId(index), stated.Header.ReceiveTime, Timestamp.None, announce);
    }

    /// <summary>A definition arrived from one of several sources, each of which numbers for itself. What that source only assumed does not contradict what another has stated.</summary>
    /// <param name="definition">As the source's own registry announced it.</param>
    /// <exception cref="InputException">It would be one instrument more than <see cref="CountMax"/>.</exception>
    public InstrumentResolution Adopt(in InstrumentDefinition definition)
    {
        InstrumentDefinition adopted = definition;
        string symbol = definition.Symbol.ToString();
        string? stated = (definition.Assumed & InstrumentAssumptions.Symbol) != 0 ? null : symbol;
        bool isKnown = TryFindSame(definition, symbol, out int index) || (definition.Activation.IsNone && TryRegistered(definition.Header.Source, definition.VenueInstrument, stated, out index));
        if (isKnown) Complete(ref adopted, _definitions[index]);
        return Define(adopted);
    }

    /// <summary>Takes from what is known of the instrument whatever the definition only assumes.</summary>
    private static void Complete(ref InstrumentDefinition definition, in InstrumentDefinition known)
    {
        InstrumentAssumptions better = definition.Assumed & ~known.Assumed;
        if (definition.Activation.IsNone) (definition.Activation, definition.Expiration) = (known.Activation, known.Expiration);
        if ((better & InstrumentAssumptions.Symbol) != 0) definition.Symbol = known.Symbol;
        if ((better & InstrumentAssumptions.Tick) != 0) definition.Tick = known.Tick;
        if ((better & InstrumentAssumptions.Lot) != 0) definition.Lot = known.Lot;
        if ((better & InstrumentAssumptions.Multiplier) != 0) (definition.MultiplierNanos, definition.UnitScale) = (known.MultiplierNanos, known.UnitScale);
        if ((better & InstrumentAssumptions.Kind) != 0) definition.Kind = known.Kind;
        if ((better & InstrumentAssumptions.Currency) != 0) definition.Currency = known.Currency;
        definition.Assumed &= ~better;
    }

    /// <summary>What the number would be at that time, without giving it an id: for whoever wants only some instruments.</summary>
    /// <param name="from">The answer holds for receive times from here …</param>
    /// <param name="until">… to before here.</param>
    public InstrumentDefinition Describe(ushort publisher, ulong number, Timestamp eventTime, Timestamp receiveTime, SymbolMap symbols,
        out Timestamp from, out Timestamp until) =>
        Candidate(publisher, number, eventTime, receiveTime, symbols, out from, out until);

    /// <summary>Finds the instrument that the number means at that receive time, or gives it the next id.</summary>
    /// <param name="symbols">What the source says about its venue's numbers.</param>
    /// <exception cref="InputException">It would be one instrument more than <see cref="CountMax"/>.</exception>
    public InstrumentResolution Resolve(ushort publisher, ulong number, Timestamp eventTime, Timestamp receiveTime, SymbolMap symbols)
    {
        InstrumentDefinition candidate = Candidate(publisher, number, eventTime, receiveTime, symbols, out Timestamp from, out Timestamp until);
        (int index, MessageType announce) = Place(candidate);
        return new InstrumentResolution(new InstrumentId(index), from, until, announce);
    }

    private bool IsKnown(in InstrumentDefinition definition) =>
        _knownByNumber.ContainsKey((definition.Header.Source, definition.VenueInstrument)) ||
        _knownBySymbol.ContainsKey((definition.Header.Source, definition.Symbol.ToString()));

    private InstrumentDefinition Candidate(ushort publisher, ulong number, Timestamp eventTime, Timestamp receiveTime, SymbolMap symbols,
        out Timestamp from, out Timestamp until)
    {
        SymbolInterval mapped = symbols.Find(number, receiveTime);
        (from, until) = (mapped.From, mapped.Until);
        string? symbol = mapped.IsAlias ? null : mapped.Symbol;

        InstrumentDefinition candidate;
        if (TryKnown(publisher, number, symbol, receiveTime, ref from, ref until, out InstrumentDefinition known)) candidate = known;
        else if (TryRegistered(publisher, number, symbol, out int index)) candidate = _definitions[index];
        else candidate = Assume(publisher, number, symbol ?? mapped.Symbol, isSymbolAssumed: symbol is null);

        candidate.Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, publisher, InstrumentId.None, eventTime, receiveTime);
        candidate.VenueInstrument = number;
        ApplyOverride(ref candidate);
        return candidate;
    }

    private bool TryRegistered(ushort publisher, ulong number, string? symbol, out int index) => symbol is null
        ? _byNumber.TryGetValue((publisher, number), out index)
        : _bySymbol.TryGetValue((publisher, symbol), out index);

    private bool TryKnown(ushort publisher, ulong number, string? symbol, Timestamp time, ref Timestamp from, ref Timestamp until,
        out InstrumentDefinition known)
    {
        known = default;
        List<InstrumentDefinition>? candidates;
        bool isFound = symbol is null
            ? _knownByNumber.TryGetValue((publisher, number), out candidates)
            : _knownBySymbol.TryGetValue((publisher, symbol), out candidates);
        if (!isFound) return false;

        int at = 0;
        while (at + 1 < candidates!.Count && candidates[at + 1].Header.ReceiveTime <= time) at++;
        known = candidates[at];
        if (at > 0) from = Timestamp.Max(from, known.Header.ReceiveTime);
        if (at + 1 < candidates.Count) until = Timestamp.Min(until, candidates[at + 1].Header.ReceiveTime);
        return true;
    }

    private static InstrumentDefinition Assume(ushort publisher, ulong number, string? symbol, bool isSymbolAssumed) => new()
    {
        Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, publisher, InstrumentId.None, Timestamp.None, Timestamp.None),
        VenueInstrument = number,
        Activation = Timestamp.None,
        Expiration = Timestamp.None,
        Tick = new Price(1),
        Lot = Quantity.Units(1),
        MultiplierNanos = Price.Scale,
        Kind = InstrumentKind.Linear,
        Symbol = SymbolText.From(symbol ?? number.ToString(CultureInfo.InvariantCulture)),
        Assumed = InstrumentAssumptions.Tick | InstrumentAssumptions.Lot | InstrumentAssumptions.Multiplier | InstrumentAssumptions.Kind |
                  InstrumentAssumptions.Currency | (isSymbolAssumed ? InstrumentAssumptions.Symbol : InstrumentAssumptions.None),
    };

    private void ApplyOverride(ref InstrumentDefinition definition)
    {
        if (_overrides.Count == 0 || !_overrides.TryGetValue(definition.Symbol.ToString(), out InstrumentOverride? stated)) return;

        if (stated.Tick is Price tick) (definition.Tick, definition.Assumed) = (tick, definition.Assumed & ~InstrumentAssumptions.Tick);
        if (stated.Lot is Quantity lot) (definition.Lot, definition.Assumed) = (lot, definition.Assumed & ~InstrumentAssumptions.Lot);
        if (stated.Multiplier is decimal multiplier)
            (definition.MultiplierNanos, definition.Assumed) = (Price.From(multiplier).Nanos, definition.Assumed & ~InstrumentAssumptions.Multiplier);
        if (stated.Kind is InstrumentKind kind) (definition.Kind, definition.Assumed) = (kind, definition.Assumed & ~InstrumentAssumptions.Kind);
        if (stated.Currency is CurrencyCode currency)
            (definition.Currency, definition.Assumed) = (currency, definition.Assumed & ~InstrumentAssumptions.Currency);
    }

    /// <summary>Registers the definition under the instrument that it is, or under the next id.</summary>
    private (int Index, MessageType Announce) Place(InstrumentDefinition definition)
    {
        ushort publisher = definition.Header.Source;
        string symbol = definition.Symbol.ToString();
        if (!TryFindSame(definition, symbol, out int index))
        {
            index = _definitions.Count;
            if (index >= CountMax) throw TooMany();
            definition.Header.Type = MessageType.InstrumentDefined;
            definition.Header.Instrument = new InstrumentId(index);
            _definitions.Add(definition);
            Index(publisher, symbol, definition, index);
            return (index, MessageType.InstrumentDefined);
        }

        Index(publisher, symbol, definition, index);
        InstrumentDefinition before = _definitions[index];
        if (Messages.AsBytes(before)[PayloadOffset..].SequenceEqual(Messages.AsBytes(definition)[PayloadOffset..])) return (index, MessageType.None);
        definition.Header.Type = MessageType.InstrumentChanged;
        definition.Header.Instrument = new InstrumentId(index);
        _definitions[index] = definition;
        return (index, MessageType.InstrumentChanged);
    }

    private InputException TooMany() => new("instruments", $"more than {CountMax}", "fewer in one run", "Name the wanted ones, or read fewer files at once.");

    private bool TryFindSame(in InstrumentDefinition definition, string symbol, out int index)
    {
        ushort publisher = definition.Header.Source;
        bool isBareNumber = (definition.Assumed & InstrumentAssumptions.Symbol) != 0;
        if (!isBareNumber && _byIdentity.TryGetValue((publisher, symbol, definition.Activation), out index)) return true;
        if (!_byNumber.TryGetValue((publisher, definition.VenueInstrument), out index)) return false;

        // The number was seen before its definition: same instrument if nothing that was really stated about it disagrees.
        InstrumentDefinition before = _definitions[index];
        bool wasBareNumber = (before.Assumed & InstrumentAssumptions.Symbol) != 0;
        bool isSameSymbol = wasBareNumber || before.Symbol.ToString() == symbol;
        return isSameSymbol && (before.Activation.IsNone || before.Activation == definition.Activation);
    }

    private void Index(ushort publisher, string symbol, in InstrumentDefinition definition, int index)
    {
        _byNumber[(publisher, definition.VenueInstrument)] = index;
        if ((definition.Assumed & InstrumentAssumptions.Symbol) != 0) return;
        _byIdentity[(publisher, symbol, definition.Activation)] = index;
        _bySymbol[(publisher, symbol)] = index;
    }

    private static void Add<TKey>(Dictionary<TKey, List<InstrumentDefinition>> known, TKey key, in InstrumentDefinition definition) where TKey : notnull
    {
        if (!known.TryGetValue(key, out List<InstrumentDefinition>? definitions)) known.Add(key, definitions = []);
        int at = definitions.Count;
        while (at > 0 && definitions[at - 1].Header.ReceiveTime > definition.Header.ReceiveTime) at--;
        definitions.Insert(at, definition);
    }
}
