using System.Runtime.CompilerServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Risk;

/// <summary>
/// While it is on, the gate lets nothing but cancels pass. There is one of the account, one of each strategy and one of each instrument; what any of them concerns is stopped. One that also closes positions lets orders
/// pass that do nothing else and that the engine itself sends for that.
/// </summary>
public sealed partial class KillSwitch
{
    /// <summary>Stands for the number of a strategy where all are meant.</summary>
    public const ushort All = OperatorCommand.AllStrategies;

    private readonly List<ActiveKill> _active = [];

    /// <summary>That of the whole account is on.</summary>
    public bool IsOn { get; private set; }

    /// <summary>When that of the whole account was turned on; None when it is off.</summary>
    public Timestamp Since { get; private set; } = Timestamp.None;

    /// <summary>Some switch is on.</summary>
    public bool IsAnyOn => _active.Count > 0;

    /// <summary>Those that are on, in the order in which they were turned on.</summary>
    public IReadOnlyList<ActiveKill> Active => _active;

    /// <summary>What a strategy does in an instrument is stopped.</summary>
    /// <param name="strategy">Its number; below zero for what is nobody's of ours.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsOnFor(int strategy, InstrumentId instrument) => _active.Count > 0 && Covers(strategy, instrument, flattens: false, out _);

    /// <summary>What a strategy holds in an instrument is to be closed.</summary>
    public bool FlattensFor(int strategy, InstrumentId instrument) => _active.Count > 0 && Covers(strategy, instrument, flattens: true, out _);

    /// <summary>The switch of exactly this scope.</summary>
    /// <returns>False when it is off.</returns>
    public bool TryFind(ushort strategy, InstrumentId instrument, out ActiveKill kill)
    {
        int at = PlaceOf(strategy, instrument);
        kill = at < 0 ? default : _active[at];
        return at >= 0;
    }

    /// <summary>Turns one on.</summary>
    /// <returns>False when it was on already and asks for nothing more: time, cause and reason stay.</returns>
    internal bool TryTurnOn(in ActiveKill kill)
    {
        int at = PlaceOf(kill.Strategy, kill.Instrument);
        if (at < 0)
        {
            _active.Add(kill);
            NoteAccount();
            return true;
        }
        if (_active[at].Flattens || !kill.Flattens) return false;
        _active[at] = _active[at] with { Flattens = true };
        return true;
    }

    /// <summary>Turns off the one of exactly this scope.</summary>
    /// <param name="was">As it was.</param>
    /// <returns>False when it was off already.</returns>
    internal bool TryTurnOff(ushort strategy, InstrumentId instrument, out ActiveKill was)
    {
        int at = PlaceOf(strategy, instrument);
        was = at < 0 ? default : _active[at];
        if (at < 0) return false;
        _active.RemoveAt(at);
        NoteAccount();
        return true;
    }

    /// <summary>Why a command may not leave, or none.</summary>
    internal Refusal Judge(in OrderCommand command) => _active.Count == 0 ? Refusal.None : JudgeActive(in command);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Refusal JudgeActive(in OrderCommand command)
    {
        int strategy = command.Output.Strategy;
        InstrumentId instrument = command.Header.Instrument;
        if (!Covers(strategy, instrument, flattens: false, out RiskScope scope)) return Refusal.None;
        bool passes = ClosesByItself(in command) && Covers(strategy, instrument, flattens: true, out _);
        return passes ? Refusal.None : new Refusal(ReasonCode.KillSwitch, 0, 1, scope);
    }

    /// <summary>The engine sends it to close a position: no strategy can state such a reason.</summary>
    private static bool ClosesByItself(in OrderCommand command) =>
        command.IsReduceOnly && command.Reason is ReasonCode.Liquidation or (>= ReasonCode.StopLoss and <= ReasonCode.TimeStop);

    /// <param name="flattens">Only those that close positions are asked.</param>
    /// <param name="scope">Of the first that covers it.</param>
    private bool Covers(int strategy, InstrumentId instrument, bool flattens, out RiskScope scope)
    {
        scope = RiskScope.None;
        foreach (ref readonly ActiveKill kill in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_active))
        {
            if ((flattens && !kill.Flattens) || !kill.Covers(strategy, instrument)) continue;
            scope = ScopeOf(in kill);
            return true;
        }
        return false;
    }

    private static RiskScope ScopeOf(in ActiveKill kill)
    {
        if (kill.Instrument.IsNone) return kill.Strategy == All ? RiskScope.Account : RiskScope.Strategy;
        return kill.Strategy == All ? RiskScope.Instrument : RiskScope.StrategyInstrument;
    }

    private int PlaceOf(ushort strategy, InstrumentId instrument)
    {
        for (int i = 0; i < _active.Count; i++)
            if (_active[i].Strategy == strategy && _active[i].Instrument == instrument) return i;
        return -1;
    }

    private void NoteAccount()
    {
        int at = PlaceOf(All, InstrumentId.None);
        (IsOn, Since) = (at >= 0, at >= 0 ? _active[at].Since : Timestamp.None);
    }
}
