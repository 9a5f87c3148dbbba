using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Kill;

namespace Fathom.Engine.Loop;

/// <summary>Turns kill switches on and off, and does what follows: what is in scope is canceled and withdrawn, positions are closed where that is asked for. Only an operator who states a reason turns one off.</summary>
internal sealed class KillDesk(SessionServices services, StrategySession[] sessions, OrderRecovery recovery)
{
    private KillSwitch Switch => services.KillSwitch;

    /// <summary>An operator turns one on, or off again.</summary>
    public void Take(in OperatorCommand command)
    {
        string reason = command.Reason.ToString();
        InstrumentId instrument = command.Header.Instrument;
        if (command.Action == OperatorAction.Rearm) Rearm(command.Strategy, instrument, reason);
        else TurnOn(new ActiveKill(command.Strategy, instrument, services.Input.Clock, KillCause.Operator, command.Flattens != 0, reason));
    }

    /// <summary>Turns one on. Where an operator asks again to close positions, that begins anew where it was given up.</summary>
    /// <param name="limit">What a rule allows, in its unit; 0 where there is none.</param>
    /// <param name="found">What was found instead.</param>
    public void TurnOn(in ActiveKill kill, long limit = 0, long found = 0)
    {
        if (Switch.TryTurnOn(in kill)) FollowOn(in kill, limit, found);
        else if (kill is { Flattens: true, Cause: KillCause.Operator }) Flatten(in kill);
    }

    /// <summary>Follows up what strategies have turned on.</summary>
    /// <returns>True when one has.</returns>
    public bool TakeWants()
    {
        bool hasTaken = false;
        foreach (StrategySession session in sessions)
        {
            while (session.TryTakeKill(out ActiveKill kill))
            {
                FollowOn(in kill, limit: 0, found: 0);
                hasTaken = true;
            }
        }
        return hasTaken;
    }

    /// <summary>Follows up what rules have met.</summary>
    /// <returns>True when one has.</returns>
    public bool TakeTripped()
    {
        bool hasTaken = false;
        while (services.KillWatch!.TryTake(out TrippedRule tripped))
        {
            KillRule rule = tripped.Rule;
            TurnOn(new ActiveKill(tripped.Strategy, tripped.Instrument, services.Input.Clock, rule.Cause, rule.Flattens, KillWords.Of(in tripped)), rule.Limit, tripped.Found);
            hasTaken = true;
        }
        return hasTaken;
    }

    /// <summary>The run begins: what an earlier session was told to close, and has not, is closed now.</summary>
    public void Start()
    {
        for (int i = 0; i < Switch.Active.Count; i++)
            if (Switch.Active[i] is { Flattens: true } kill) Flatten(in kill);
    }

    private void FollowOn(in ActiveKill kill, long limit, long found)
    {
        Publish(in kill, isOn: true, kill.Reason, limit, found);
        for (int i = 0; i < sessions.Length; i++)
        {
            if (kill.Strategy != KillSwitch.All && kill.Strategy != i) continue;
            if (kill.Instrument.IsNone) sessions[i].CancelAll();
            else sessions[i].Pull(kill.Instrument);
        }
        if (kill.Strategy == KillSwitch.All) recovery.EndExternals();
        if (kill.Flattens) Flatten(in kill);
    }

    private void Flatten(in ActiveKill kill)
    {
        for (int i = 0; i < sessions.Length; i++)
        {
            if (kill.Strategy != KillSwitch.All && kill.Strategy != i) continue;
            int first = kill.Instrument.IsNone ? 0 : kill.Instrument.Index, last = kill.Instrument.IsNone ? services.Stage.State.Instruments.Count - 1 : first;
            for (int index = first; index <= last; index++)
                if (sessions[i].Holds(new InstrumentId(index))) sessions[i].Liquidate(new InstrumentId(index), Quantity.Zero, ReasonCode.KillSwitch);
        }
    }

    private void Rearm(ushort strategy, InstrumentId instrument, string reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            Say("a kill switch is not turned off without a reason", strategy, instrument);
            return;
        }
        if (!Switch.TryTurnOff(strategy, instrument, out ActiveKill was))
        {
            Say("no such kill switch is on that could be turned off", strategy, instrument);
            return;
        }
        Publish(in was, isOn: false, reason, limit: 0, found: 0);
        services.KillWatch?.NoteRearmed(strategy, instrument);
        recovery.NoteRearmed();
        foreach (StrategySession session in sessions) session.NoteRearmed();
        services.States?.NoteRearmed();
    }

    private void Publish(in ActiveKill kill, bool isOn, string reason, long limit, long found)
    {
        Timestamp clock = services.Input.Clock;
        KillEvent told = new()
        {
            Header = MessageHeader.Create<KillEvent>(MessageType.KillEvent, source: 0, kill.Instrument, clock, clock),
            Output = new OutputHeader { Strategy = kill.Strategy, Account = services.Account },
            KilledBy = kill.Cause,
            IsOn = isOn ? (byte)1 : (byte)0,
            Flattens = kill.Flattens ? (byte)1 : (byte)0,
            Limit = limit,
            Found = found,
            Reason = NoteText.Cut(reason),
        };
        services.Publisher.Publish(ref told);
    }

    /// <summary>Told as the account's, which no strategy wrote.</summary>
    private void Say(string message, ushort strategy, InstrumentId instrument)
    {
        Timestamp clock = services.Input.Clock;
        LogEvent entry = new()
        {
            Header = MessageHeader.Create<LogEvent>(MessageType.LogEvent, source: 0, instrument, clock, clock),
            Output = new OutputHeader { Strategy = TradingEngine.ExternalStrategy, Account = services.Account },
            Level = LogLevel.Warning,
        };
        entry.Write(message, strategy == KillSwitch.All ? [] : [("strategy", (long)strategy)]);
        services.Publisher.Publish(ref entry);
    }
}
