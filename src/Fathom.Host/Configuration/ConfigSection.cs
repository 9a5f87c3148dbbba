using System.Diagnostics.CodeAnalysis;
using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Host.Configuration.Toml;

namespace Fathom.Host.Configuration;

/// <summary>One table of the configuration and its typed getters. A section that nobody wrote is there and empty, so that its defaults are known.</summary>
/// <remarks>
/// Every getter has the same shape: <c>X(key, fallback, min, max)</c> throws when the key is missing and there is no fallback; <c>XOrNull(key)</c> returns
/// null. Both throw an <see cref="InputException"/> when the value is of another form or out of range. What getters ask for is the configuration's whole
/// vocabulary: the section remembers it, and <see cref="RunConfiguration.RejectUnknown"/> compares it with what was written.
/// </remarks>
public sealed class ConfigSection
{
    private readonly TomlTable _table;
    private readonly string _workingFolder;
    private readonly string _configFolder;
    private readonly OrderedDictionary<string, ConfigEntry> _entries = [];
    private readonly OrderedDictionary<string, List<ConfigSection>> _sections = [];

    internal ConfigSection(string header, string path, TomlTable table, string configFolder, string workingFolder)
    {
        Header = header;
        Path = path;
        _table = table;
        _configFolder = configFolder;
        _workingFolder = workingFolder;
    }

    /// <summary>The section as <c>--set</c> takes it: <c>strategy.0.params</c>; empty for the root.</summary>
    public string Path { get; }

    /// <summary>Where the section was written.</summary>
    public ValueOrigin Origin => _table.Origin;

    /// <summary>The keys that were written, in order.</summary>
    public IEnumerable<string> Keys => _table.Entries.Keys;

    /// <summary>The section's line in a file: <c>[strategy.params]</c>; empty for the root.</summary>
    internal string Header { get; }

    internal IEnumerable<ConfigEntry> Entries => _entries.Values;

    internal IEnumerable<ConfigSection> Sections => _sections.Values.SelectMany(sections => sections);

    /// <summary>Whether the key was written. Only a getter makes it known.</summary>
    public bool Has(string key) => _table.Entries.ContainsKey(key);

    // ---- values

    public string String(string key, string? fallback = null, bool affectsResult = true) =>
        TryRead(key, ValueForms.String, null, affectsResult, out string? value) ? value : Default(key, ValueForms.String, fallback ?? throw Missing(key, ValueForms.String), affectsResult);

    public string? StringOrNull(string key, bool affectsResult = true) => TryRead(key, ValueForms.String, null, affectsResult, out string? value) ? value : NotSet<string?>(key, affectsResult);

    /// <summary>A text, a number or a truth value, as text.</summary>
    public string Scalar(string key) => TryRead(key, ValueForms.Scalar, null, true, out string? value) ? value : throw Missing(key, ValueForms.Scalar);

    /// <summary>One of a few words; an unknown one is refused with the nearest of them.</summary>
    public string Word(string key, IReadOnlyList<string> words, string? fallback = null, bool affectsResult = true)
    {
        string word = String(key, fallback, affectsResult);
        if (words.Contains(word, StringComparer.Ordinal)) return word;
        string fix = NearestName.Find(word, words) is { } near ? $"Did you mean \"{near}\"?" : $"Write {TomlWriter.Key(key)} = \"{words[0]}\" or another of them.";
        throw Wrong(key, Written(_table.Entries[key]), "one of " + string.Join(", ", words), fix);
    }

    public bool Bool(string key, bool? fallback = null, bool affectsResult = true) => Read(key, ValueForms.Bool, fallback, null, null, affectsResult);

    public long Long(string key, long? fallback = null, long? min = null, long? max = null, bool affectsResult = true) => Read(key, ValueForms.Long, fallback, min, max, affectsResult);

    public long? LongOrNull(string key, long? min = null, long? max = null, bool affectsResult = true) => ReadOrNull(key, ValueForms.Long, min, max, affectsResult);

    public decimal Decimal(string key, decimal? fallback = null, decimal? min = null, decimal? max = null) => Read(key, ValueForms.Decimal, fallback, min, max);

    public decimal? DecimalOrNull(string key, decimal? min = null, decimal? max = null, bool affectsResult = true) => ReadOrNull(key, ValueForms.Decimal, min, max, affectsResult);

    public Price Price(string key, Price? fallback = null, Price? min = null, Price? max = null) => Read(key, ValueForms.Price, fallback, min, max);

    public Price? PriceOrNull(string key, Price? min = null, Price? max = null) => ReadOrNull(key, ValueForms.Price, min, max);

    public Quantity Quantity(string key, Quantity? fallback = null, Quantity? min = null, Quantity? max = null) => Read(key, ValueForms.Quantity, fallback, min, max);

    public Quantity? QuantityOrNull(string key, Quantity? min = null, Quantity? max = null) => ReadOrNull(key, ValueForms.Quantity, min, max);

    public Duration Duration(string key, Duration? fallback = null, Duration? min = null, Duration? max = null, bool affectsResult = true) =>
        Read(key, ValueForms.Duration, fallback, min, max, affectsResult);

    public Duration? DurationOrNull(string key, Duration? min = null, Duration? max = null) => ReadOrNull(key, ValueForms.Duration, min, max);

    /// <summary>RFC 3339 with a zone, as a string or TOML's own date-time, or integer nanoseconds.</summary>
    public Timestamp Timestamp(string key, Timestamp? fallback = null, Timestamp? min = null, Timestamp? max = null) => Read(key, ValueForms.Timestamp, fallback, min, max);

    public Timestamp? TimestampOrNull(string key, Timestamp? min = null, Timestamp? max = null) => ReadOrNull(key, ValueForms.Timestamp, min, max);

    public CurrencyCode Currency(string key, CurrencyCode? fallback = null) => Read(key, ValueForms.Currency, fallback, null, null);

    public CurrencyCode? CurrencyOrNull(string key) => ReadOrNull(key, ValueForms.Currency, null, null);

    /// <summary>A list of texts; a single text is a list of one. A missing key is an empty list.</summary>
    public IReadOnlyList<string> Strings(string key, bool affectsResult = true) =>
        TryRead(key, ValueForms.Strings, null, affectsResult, out IReadOnlyList<string>? value) ? value : Default(key, ValueForms.Strings, [], affectsResult);

    /// <summary>A list of decimal numbers; a single one is a list of one. A missing key is an empty list.</summary>
    public IReadOnlyList<decimal> Decimals(string key) =>
        TryRead(key, ValueForms.Decimals, null, affectsResult: true, out IReadOnlyList<decimal>? value) ? value : Default(key, ValueForms.Decimals, [], affectsResult: true);

    // ---- paths: never part of the fingerprint

    /// <summary>A file or folder as a full path. Written in the file it is relative to the file's folder, anywhere else to the working directory.</summary>
    public string FilePath(string key, string? fallback = null) => FilePathOrNull(key) ??
        Default(key, ValueForms.String, Resolve(fallback ?? throw Missing(key, ValueForms.String), ValueOrigin.Default), affectsResult: false);

    public string? FilePathOrNull(string key)
    {
        if (!TryRead(key, ValueForms.String, path => Resolve(path, _table.Entries[key].Origin), affectsResult: false, out string? path)) return NotSet<string?>(key, affectsResult: false);
        return path;
    }

    /// <summary>A list of paths, as of <see cref="FilePath"/> and <see cref="Strings"/>; null where the key is missing.</summary>
    /// <param name="expand">What the names stand for, in full: it is what the run's own configuration names.</param>
    public IReadOnlyList<string>? FilePathsOrNull(string key, Func<IReadOnlyList<string>, IReadOnlyList<string>> expand)
    {
        IReadOnlyList<string> ResolveAll(IReadOnlyList<string> paths) => expand([.. paths.Select(path => Resolve(path, _table.Entries[key].Origin))]);
        return TryRead(key, ValueForms.Strings, ResolveAll, affectsResult: false, out IReadOnlyList<string>? value) ? value : NotSet<IReadOnlyList<string>?>(key, affectsResult: false);
    }

    private string Resolve(string path, ValueOrigin origin)
    {
        if (path.Length == 0 || path.Contains('\0')) throw new InputException($"a path ({origin})", "an empty or broken one", "a file or a folder", "Name it.");
        return System.IO.Path.GetFullPath(path, origin.Layer == ValueLayer.File ? _configFolder : _workingFolder);
    }

    // ---- sections

    /// <summary>The table of that name.</summary>
    public ConfigSection Section(string key)
    {
        if (_sections.TryGetValue(key, out List<ConfigSection>? known)) return known[0];
        TomlTable table = Find(key) switch
        {
            null => new TomlTable(ValueOrigin.Default),
            TomlTable written => written,
            TomlNode other => throw Wrong(key, Written(other), $"a section [{HeaderOf(key)}]", $"Put its keys under a line [{HeaderOf(key)}]."),
        };
        return NoteSections(key, [Child($"[{HeaderOf(key)}]", PathOf(key), table)])[0];
    }

    /// <summary>The tables [[key]] in order; empty when there are none. A single [key] is a list of one.</summary>
    public IReadOnlyList<ConfigSection> Tables(string key)
    {
        if (_sections.TryGetValue(key, out List<ConfigSection>? known)) return known;
        IReadOnlyList<TomlNode> items = Find(key) switch
        {
            null => [],
            TomlTable single => [single],
            TomlArray array when array.Items.All(item => item is TomlTable) => array.Items,
            TomlNode other => throw Wrong(key, Written(other), $"sections [[{HeaderOf(key)}]]", $"Put the keys of each under a line [[{HeaderOf(key)}]]."),
        };
        return NoteSections(key, [.. items.Select((item, i) => Child($"[[{HeaderOf(key)}]]", $"{PathOf(key)}.{i}", (TomlTable)item))]);
    }

    /// <summary>The tables under this one by name, in the order written: <c>[instrument."CLX5"]</c> is ("CLX5", its section) of the section instrument.</summary>
    public IReadOnlyList<(string Name, ConfigSection Section)> NamedSections() => [.. Keys.Select(name => (name, Section(name)))];

    private ConfigSection Child(string header, string path, TomlTable table) => new(header, path, table, _configFolder, _workingFolder);

    private List<ConfigSection> NoteSections(string key, List<ConfigSection> sections) => _sections[key] = sections;

    // ---- machinery

    private T Read<T>(string key, ValueForm<T> form, T? fallback, T? min, T? max, bool affectsResult = true) where T : struct =>
        ReadOrNull(key, form, min, max, affectsResult) ?? Default(key, form, fallback ?? throw Missing(key, form), affectsResult);

    private T? ReadOrNull<T>(string key, ValueForm<T> form, T? min, T? max, bool affectsResult = true) where T : struct
    {
        bool isAboveZero = min is { } least && form.IsLeast(least);
        string range = (min, max) switch
        {
            (not null, { } to) when isAboveZero => $", above 0 and at most {form.Show(to)}",
            (not null, null) when isAboveZero => ", above 0",
            ({ } from, { } to) => $", from {form.Show(from)} to {form.Show(to)}",
            ({ } from, null) => $", {form.Show(from)} or more",
            (null, { } to) => $", {form.Show(to)} or less",
            _ => "",
        };
        if (!TryRead(key, form, null, affectsResult, out T value, range)) return NotSet<T?>(key, affectsResult);
        bool isLow = min is { } low && Comparer<T>.Default.Compare(value, low) < 0;
        bool isHigh = max is { } high && Comparer<T>.Default.Compare(value, high) > 0;
        if (!isLow && !isHigh) return value;
        T near = isHigh ? max!.Value : isAboveZero ? form.Usual(max ?? default) : min!.Value;
        if (max is { } most && Comparer<T>.Default.Compare(near, most) > 0) near = most;
        string fix = $"Write {TomlWriter.Key(key)} = {form.Show(near)}, or another value in the range.";
        throw Wrong(key, Written(_table.Entries[key]), form.Expected + range, fix);
    }

    private bool TryRead<T>(string key, ValueForm<T> form, Func<T, T>? refine, bool affectsResult, [MaybeNullWhen(false)] out T value, string range = "")
    {
        value = default;
        if (Find(key) is not { } node) return false;
        if (!form.TryRead(node, out value)) throw Wrong(key, Written(node), form.Expected + range, $"Write {TomlWriter.Key(key)} = {form.Suggest?.Invoke(node) ?? form.Example}.");
        if (refine is not null) value = refine(value);
        Note(key, form.Write(value), node.Origin, affectsResult);
        return true;
    }

    private T Default<T>(string key, ValueForm<T> form, T value, bool affectsResult)
    {
        Note(key, form.Write(value), ValueOrigin.Default, affectsResult);
        return value;
    }

    private T? NotSet<T>(string key, bool affectsResult)
    {
        Note(key, null, ValueOrigin.Default, affectsResult);
        return default;
    }

    private void Note(string key, TomlNode? value, ValueOrigin origin, bool affectsResult) => _entries[key] = new ConfigEntry(key, PathOf(key), value, origin, affectsResult);

    private TomlNode? Find(string key) => _table.Entries.GetValueOrDefault(key);

    private InputException Missing<T>(string key, ValueForm<T> form)
    {
        string place = Path.Length == 0 ? "at the top" : $"under {Header}";
        string fix = NearestName.Find(key, Keys.Where(written => !_entries.ContainsKey(written))) is { } near
            ? $"Is {near} ({Find(near)!.Origin}) meant to be it?"
            : $"Write {TomlWriter.Key(key)} = {form.Example} {place}.";
        return new InputException(Origin.Layer == ValueLayer.Default || Path.Length == 0 ? PathOf(key) : $"{PathOf(key)} ({Origin})", "nothing", form.Expected, fix);
    }

    private InputException Wrong(string key, string found, string expected, string fix) => new($"{PathOf(key)} ({Find(key)?.Origin ?? Origin})", found, expected, fix);

    /// <summary>An error about a value that was read but makes no sense, with its key and place.</summary>
    public InputException Refuse(string key, string expected, string fix) => Wrong(key, Find(key) is { } node ? Written(node) : "nothing", expected, fix);

    /// <summary>An error about a key that was read and means nothing.</summary>
    /// <param name="known">Keys that mean something here.</param>
    public InputException RefuseUnknown(string key, IEnumerable<string> known)
    {
        string expected = NearestName.Find(key, known) is { } near ? PathOf(near) : $"in {Header} only {string.Join(", ", known)}";
        return new InputException((Find(key)?.Origin ?? Origin).ToString(), $"the unknown key {PathOf(key)}", expected, "Correct the spelling or remove it.");
    }

    private static string Written(TomlNode node)
    {
        string text = node is TomlScalar { Kind: not TomlKind.String } scalar ? scalar.Written : node.ToString();
        return text.Length <= 80 ? text : text[..80] + "…";
    }

    private string PathOf(string key) => Path.Length == 0 ? TomlWriter.Key(key) : $"{Path}.{TomlWriter.Key(key)}";

    private string HeaderOf(string key) => Header.Length == 0 ? TomlWriter.Key(key) : $"{Header.Trim('[', ']')}.{TomlWriter.Key(key)}";

    // ---- what nobody asked for

    /// <summary>Keys that were written and never asked for.</summary>
    internal IEnumerable<UnknownKey> Unknown()
    {
        foreach ((string key, TomlNode node) in _table.Entries)
            if (!_sections.ContainsKey(key) && !_entries.ContainsKey(key)) yield return new UnknownKey(this, key, PathOf(key), node.Origin);
        foreach (UnknownKey unknown in Sections.SelectMany(section => section.Unknown())) yield return unknown;
    }

    /// <summary>The path of the key or section here whose name is nearest; null when none is near.</summary>
    internal string? Nearest(string typed) => NearestName.Find(typed, _entries.Keys.Concat(_sections.Keys)) is { } near ? PathOf(near) : null;

    /// <summary>All that was asked for here, for messages.</summary>
    internal string Vocabulary()
    {
        string names = string.Join(", ", _entries.Keys.Concat(_sections.Keys).Select(TomlWriter.Key));
        string place = Path.Length == 0 ? "at the top" : $"in {Header}";
        return names.Length == 0 ? $"nothing {place}" : $"{place} only {names}";
    }
}
