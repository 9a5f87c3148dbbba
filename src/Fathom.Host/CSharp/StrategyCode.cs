using System.Reflection;
using System.Runtime.Loader;
using Fathom.Domain;
using Fathom.Domain.Hashing;
using Fathom.Strategies.CSharp;

namespace Fathom.Host.CSharp;

/// <summary>A user's code, loaded: a source file, compiled if that was not done before, or an assembly.</summary>
/// <param name="Source">The file, for messages.</param>
/// <param name="Hash">XXH3-128 of the file's bytes; of an assembly with those of what it brings along. It stands for the code in the run's fingerprint.</param>
/// <param name="Warnings">The compiler's, and one for each thing by which a run may not repeat.</param>
internal sealed record StrategyCode(Assembly Assembly, string Source, Hash128 Hash, IReadOnlyList<string> Warnings)
{
    /// <summary>Not optimised, so that a debugger sees every variable; results are the same.</summary>
    public const string DebugVariable = "FATHOM_STRATEGY_DEBUG";

    private static readonly Lock s_lock = new();

    /// <summary>One load for each code: a type stays one type, however many strategies of a program are of it. There is no unloading: collectible code is slower.</summary>
    private static readonly Dictionary<(string Path, string Key), Assembly> s_loaded = [];

    /// <exception cref="InputException">No such file, it does not compile, or there is no compiler.</exception>
    public static StrategyCode FromSource(string path) => FromSource(path, StrategyCache.OfUser());

    internal static StrategyCode FromSource(string path, StrategyCache cache)
    {
        byte[] source = Read(path);
        Hash128 hash = Xxh3.Hash128(source);
        StrategyCompiler compiler = new(isForDebugging: Environment.GetEnvironmentVariable(DebugVariable) is { Length: > 0 } value && value != "0");
        // The path too: the symbols name it.
        string key = Xxh3.Hash128(System.Text.Encoding.UTF8.GetBytes($"{hash}\n{path}\n{compiler.Settings}")).ToString();
        CompiledStrategy compiled = cache.Get(key, () => compiler.Compile(path, source));
        string shown = StrategyCompiler.Shown(path);
        Assembly assembly = Load(path, key, compiled.Code, compiled.Symbols, dependencies: null);
        return new StrategyCode(assembly, shown, hash, [.. compiled.Warnings, .. Unrepeatable.In(compiled.Code).Select(found => $"{shown}: {found}")]);
    }

    /// <exception cref="InputException">No such file, no assembly, or one that was built against another Fathom.</exception>
    public static StrategyCode FromAssembly(string path)
    {
        byte[] code = Read(path);
        string shown = StrategyCompiler.Shown(path), symbols = Path.ChangeExtension(path, ".pdb");
        try
        {
            AssemblyReferences references = new(path);
            Hash128 hash = references.HashWith(code);
            Assembly assembly = Load(path, hash.ToString(), code, File.Exists(symbols) ? File.ReadAllBytes(symbols) : null, references);
            if ((AssemblyReferences.FirstMissing(assembly.ManifestModule, code) ?? StrategyClass.Misfit(assembly, shown)) is { } misfit)
                throw new InputException(shown, misfit, "an assembly built against this Fathom", $"Build it again against the Fathom*.dll files in {AppContext.BaseDirectory}.");
            return new StrategyCode(assembly, shown, hash, [.. Unrepeatable.In(code).Select(found => $"{shown}: {found}")]);
        }
        catch (BadImageFormatException broken)
        {
            throw new InputException(shown, $"no .NET assembly ({broken.Message.TrimEnd('.')})", "one", "Name a .dll that 'dotnet build' made, or use file = for C# source.");
        }
    }

    private static byte[] Read(string path)
    {
        if (Directory.Exists(path)) throw new InputException(path, "a folder", "a file", "Name one file.");
        if (!File.Exists(path)) throw new InputException(path, "no such file", "a strategy's code", "Correct the path; in a configuration file it is relative to that file.");
        return File.ReadAllBytes(path);
    }

    private static Assembly Load(string path, string key, byte[] code, byte[]? symbols, AssemblyReferences? dependencies)
    {
        lock (s_lock)
        {
            if (s_loaded.TryGetValue((path, key), out Assembly? loaded)) return loaded;
            StrategyLoadContext context = new(Path.GetFileName(path), dependencies);
            // From memory: a file that is mapped must not be built anew while the run goes on.
            using MemoryStream codeStream = new(code), symbolStream = new(symbols ?? []);
            return s_loaded[(path, key)] = context.LoadFromStream(codeStream, symbols is null ? null : symbolStream);
        }
    }

    /// <summary>A user's code sees this program's Fathom and framework, and beside them what it brings along itself.</summary>
    private sealed class StrategyLoadContext(string name, AssemblyReferences? dependencies) : AssemblyLoadContext(name)
    {
        protected override Assembly? Load(AssemblyName assemblyName) => dependencies?.PathOf(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }
}
